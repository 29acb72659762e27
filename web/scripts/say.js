// Tells a screen reader through the live region, and with `kind` shows a toast as well; `offer` is a button in it.
const live = document.getElementById('live');
const toasts = document.getElementById('toasts');

export function say(text, kind, offer) {
  live.textContent = '';
  requestAnimationFrame(() => { live.textContent = text; }); // a repeated text is read again
  if (!kind) return;
  const toast = document.createElement('div');
  toast.className = `toast ${kind}`;
  toast.textContent = text;
  if (offer) {
    const button = Object.assign(document.createElement('button'), { className: 'btn small', type: 'button', textContent: offer.text });
    button.addEventListener('click', offer.go);
    toast.append(button);
  }
  toasts.replaceChildren(toast);
  setTimeout(() => toast.remove(), offer ? 30000 : 8000);
}
