// Passkeys on the pages that the server renders: each form with data-passkey asks the browser for one, and sends it.

const CONVERSIONS = {
  get: (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
  create: (options) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
};

const failure = document.getElementById('passkey-failure');

const options = async (form) => {
  const fields = new URLSearchParams({ csrf: form.elements.csrf.value, step: form.dataset.step });
  if (form.elements.session) fields.set('session', form.elements.session.value);
  const answer = await fetch(form.dataset.options ?? '/oauth/passkey', { method: 'POST', body: fields });
  if (!answer.ok) throw new Error(`The server has answered ${answer.status}`);
  return answer.json();
};

const add = (form, name, value) => {
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = name;
  field.value = value;
  form.append(field);
};

const use = async (form) => {
  const credential = await CONVERSIONS[form.dataset.passkey](await options(form));
  add(form, 'step', form.dataset.step);
  add(form, 'credential', JSON.stringify(credential.toJSON()));
  form.submit();
};

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const button = form.querySelector('button');
      button.disabled = true;
      failure.hidden = true;
      use(form).catch(() => {
        button.disabled = false;
        failure.hidden = false;
        button.focus();
      });
    });
  }
}
