// Comforts of every page; each page works without them.
import { say } from './say.js';

const root = document.documentElement;
root.dataset.js = '';

document.querySelector('[data-focus]:not([data-sample] *)')?.focus();

document.addEventListener('keydown', (event) => {
  const open = document.querySelector('details:is(.menu, .asof)[open]');
  if (event.key === 'Escape' && open) {
    open.open = false;
    open.querySelector('summary').focus();
  }
  const typing = event.target.closest('input, textarea, select, [contenteditable]');
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.querySelector('[data-slash]');
  if (!search) return;
  event.preventDefault();
  const from = document.activeElement;
  search.focus(); // what is typed before the palette is there is not lost
  search.select();
  import('./palette.js').then((palette) => palette.open(search, from), () => {});
});

// A menu that was left, by a click elsewhere or by Tab, closes: it would lie over what has the focus now.
function leave(event) {
  for (const open of document.querySelectorAll('details:is(.menu, .asof)[open]')) {
    if (!open.contains(event.target)) open.open = false;
  }
}
document.addEventListener('focusin', leave);
document.addEventListener('click', (event) => {
  leave(event);
  const opener = event.target.closest('[data-dialog]');
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.dialog).showModal();
  }
  if (event.target.closest('[data-close]')) event.target.closest('dialog').close();
  if (event.target.closest('[data-print]')) print();
});

function ask(question, label, dangerous) {
  const dialog = document.createElement('dialog');
  const form = Object.assign(document.createElement('form'), { method: 'dialog' });
  const body = Object.assign(document.createElement('p'), { className: 'body', textContent: question });
  const acts = Object.assign(document.createElement('div'), { className: 'acts' });
  const back = Object.assign(document.createElement('button'), { className: 'btn quiet', value: '', textContent: 'Go back' });
  const go = Object.assign(document.createElement('button'), { className: dangerous ? 'btn pri danger' : 'btn pri', value: 'go', textContent: label });
  body.id = 'ask';
  dialog.setAttribute('aria-labelledby', body.id);
  acts.append(back, go);
  form.append(body, acts);
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'go');
    });
  });
}

let sent = new WeakSet();
const confirmed = new WeakSet();

document.addEventListener('submit', (event) => {
  const form = event.target;
  const button = event.submitter;
  if (event.defaultPrevented || form.method !== 'post') return;
  const question = button?.dataset.confirm ?? form.dataset.confirm;
  if (question && !confirmed.has(form)) {
    event.preventDefault();
    ask(question, button?.textContent.trim() || 'Go on', button?.matches('.danger')).then((yes) => {
      if (!yes) return;
      confirmed.add(form);
      form.requestSubmit(button);
    });
    return;
  }
  if (sent.has(form)) { // a second click while the first is on its way
    event.preventDefault();
    return;
  }
  sent.add(form);
  confirmed.delete(form);
  button?.setAttribute('aria-disabled', 'true');
  setTimeout(() => say('Still working…'), 4000);
});

// Back from the page cache the forms are fresh again.
addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  sent = new WeakSet();
  for (const button of document.querySelectorAll('button[aria-disabled]')) button.removeAttribute('aria-disabled');
});

// Filter bars apply at once; the search field on Enter. The page comes anew, with the focus where it was.
document.addEventListener('change', (event) => {
  const form = event.target.closest('form[data-auto]');
  if (!form || !event.target.matches('select, input[type=checkbox], input[type=date]')) return;
  if (form.method === 'get') sessionStorage.setItem('chosen', `${new URL(form.action).pathname} ${event.target.name}`);
  form.requestSubmit();
});
const [at, chosen] = sessionStorage.getItem('chosen')?.split(' ') ?? [];
sessionStorage.removeItem('chosen');
if (at === location.pathname) document.querySelector(`form[data-auto] [name="${CSS.escape(chosen)}"]:not([type=hidden])`)?.focus();
