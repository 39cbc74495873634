// The customer card: shows what the desk around it says.
window.addEventListener('message', ({ origin, data }) => {
  if (origin !== location.origin || !data.customer) return;
  document.getElementById('name').textContent = data.customer;
  document.getElementById('since').textContent = data.since;
});
