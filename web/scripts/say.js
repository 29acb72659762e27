// Tells a screen reader through the live region, and with `kind` shows a toast as well.
const live = document.getElementById('live');
const toasts = document.getElementById('toasts');

export function say(text, kind) {
  live.textContent = '';
  requestAnimationFrame(() => { live.textContent = text; }); // a repeated text is read again
  if (!kind) return;
  const toast = document.createElement('div');
  toast.className = `toast ${kind}`;
  toast.textContent = text;
  toasts.replaceChildren(toast);
  setTimeout(() => toast.remove(), 8000);
}
