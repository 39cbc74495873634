// Moments as the clock of this browser shows them; without scripts they stand in UTC.

const { lang } = document.documentElement;
const today = new Date().toDateString();

for (const time of document.querySelectorAll('time[datetime]')) {
  const at = new Date(time.dateTime);
  const day = at.toDateString() === today ? {} : { day: 'numeric', month: 'short' };
  time.textContent = at.toLocaleString(lang, { ...day, hour: '2-digit', minute: '2-digit' });
}
