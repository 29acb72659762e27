// Choosing one of many while typing: the server answers with the list, combobox-nav moves in it.
import Combobox from './combobox-nav.js';
import { say } from './say.js';

for (const box of document.querySelectorAll('[data-picker]')) start(box);

function start(box) {
  const input = box.querySelector('input[type=text]');
  const list = box.querySelector('[role=listbox]');
  const chosen = Object.assign(document.createElement('input'), { type: 'hidden', name: box.dataset.name });
  const combobox = new Combobox(input, list, { tabInsertsSuggestions: false, firstOptionSelectionMode: 'selected' });
  let timer;
  let asking;
  let picking = false; // the Enter that picks must not send the form as well

  // The radio buttons of the page without script give way to the list.
  const radios = box.querySelector('fieldset');
  const checked = radios?.querySelector(':checked');
  if (checked) {
    chosen.value = checked.value;
    input.value = checked.dataset.text;
  }
  const open = radios && !checked; // the form came back to have one of them chosen
  radios?.remove();
  box.querySelector('.find-row > button').remove(); // Enter would press it
  box.append(chosen);

  const close = () => {
    if (list.hidden) return;
    list.hidden = true;
    combobox.stop();
  };

  const look = async (unasked = false) => {
    asking?.abort();
    asking = new AbortController();
    const url = new URL(box.dataset.source, location.href);
    url.searchParams.set('q', input.value);
    try {
      const answer = await fetch(url, { headers: { Accept: 'text/html', 'HX-Request': 'true' }, signal: asking.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      list.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== 'AbortError') say('The list could not be read. Try again, or reload the page.', 'crit');
      return;
    }
    if (document.activeElement !== input && !unasked) return;
    list.hidden = false;
    combobox.stop();
    combobox.start();
    const options = list.querySelectorAll('[role=option]').length;
    say(options === 1 ? '1 found' : `${options} found`);
  };

  input.addEventListener('input', () => {
    chosen.value = ''; // what is typed is not yet chosen
    clearTimeout(timer);
    timer = setTimeout(() => (input.value.trim() ? look() : close()), 150);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === 'ArrowDown' && list.hidden) {
      event.preventDefault();
      look();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !list.hidden) {
      // Past either end it begins anew: with nothing chosen, Enter would send the form.
      const step = event.key === 'ArrowDown' ? 1 : -1;
      event.preventDefault();
      event.stopImmediatePropagation();
      combobox.navigate(step);
      if (!list.querySelector('[aria-selected=true]')) combobox.navigate(step);
    }
  });
  input.addEventListener('keypress', (event) => { if (picking) event.preventDefault(); });
  input.addEventListener('keyup', () => { picking = false; });
  input.addEventListener('focus', () => { if (!chosen.value && input.value.trim() && list.hidden) look(); });
  input.addEventListener('blur', close);
  list.addEventListener('mousedown', (event) => event.preventDefault()); // keeps the focus in the input
  list.addEventListener('combobox-commit', ({ target }) => {
    const option = target.closest('[role=option]');
    picking = true;
    chosen.value = option.dataset.value;
    input.value = option.dataset.text;
    close();
    box.dispatchEvent(new CustomEvent('picked', { bubbles: true, detail: { ...option.dataset } }));
  });

  if (open) look(true);
}
