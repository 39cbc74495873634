// The five lines by which Demo Desk embeds Lapse; both of its pages use them.
import { Lapse } from '/client/lapse.js';

export const desk = (state) =>
  new Lapse({ application: 'demo-desk', redirectUri: `${location.origin}/demo/`, state });

export const inWords = (seconds) => {
  if (seconds === null) return 'without end';
  const whole = Math.ceil(seconds);
  if (whole < 120) return `${whole} s`;
  return whole < 7200 ? `${Math.floor(whole / 60)} min` : `${Math.floor(whole / 3600)} h`;
};
