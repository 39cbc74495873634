// In a frame of another origin: tells the page around it that somebody is at work here.
// <script type="module" src="https://lapse.example/client/frame.js?parent=https://desk.example"></script>
const parents = new URL(import.meta.url).searchParams.getAll('parent');
let told = 0;
let where;
const tell = (event) => {
  const at = `${event.screenX} ${event.screenY}`;
  const still = event.type === 'pointermove' && (where === undefined || where === at);
  if (event.type === 'pointermove') where = at;
  if (!event.isTrusted || event.repeat || still || Date.now() - told < 1000) return;
  told = Date.now();
  for (const origin of parents) parent.postMessage({ lapse: 'activity' }, origin);
};
for (const type of ['pointerdown', 'pointermove', 'touchmove', 'wheel', 'keydown']) {
  addEventListener(type, tell, { capture: true, passive: true });
}
