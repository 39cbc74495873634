// The page that sets a forgotten password takes its code from the fragment, which no server is ever sent.

const code = document.getElementById('code');

const take = () => {
  const given = location.hash.slice(1);
  if (given) {
    code.value = given;
    history.replaceState(null, '', location.pathname); // neither in the history nor over somebody's shoulder
  }
  document.getElementById('code-field').hidden = Boolean(code.value);
};

take();
addEventListener('hashchange', take); // another link in the same tab
