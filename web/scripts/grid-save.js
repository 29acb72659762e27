// Saves cells, one request a row at a time: the next carries the counter that the last one brought.
import { say } from './say.js';

const lost = 'Not saved: the server could not be reached. The letter is back as it was.';
const signedOut = 'Not saved: you are signed out. Sign in again, then set the letter once more.';

export function createSaver(table, grid) {
  const queues = new Map(); // activity → what waits
  const known = new Map(); // activity → the row as the server last sent it

  const rowOf = (activity) => table.querySelector(`tr[data-activity="${CSS.escape(activity)}"]`);

  function swap(activity, fresh) {
    const row = rowOf(activity);
    const focused = row.contains(document.activeElement);
    row.replaceWith(fresh);
    grid.swapped(row, fresh, focused);
  }
  // A copy of a row as the server sent it, without the marks of this script.
  function copy(row) {
    const clone = row.cloneNode(true);
    for (const cell of clone.cells) {
      cell.removeAttribute('tabindex');
      cell.removeAttribute('aria-busy');
      cell.classList.remove('sel');
    }
    return clone;
  }
  function parse(html) {
    const template = document.createElement('template');
    template.innerHTML = html;
    return template.content;
  }
  // Puts the answer's row and marked pieces in place; says whether there was a row.
  function take(activity, answer) {
    const fresh = answer.querySelector('tr[data-activity]');
    for (const piece of answer.querySelectorAll('[data-replace]')) {
      document.querySelector(piece.dataset.replace)?.replaceWith(piece);
    }
    if (fresh) swap(activity, fresh);
    return Boolean(fresh);
  }
  // What was set meanwhile stays visible on the fresh row.
  function redraw(activity) {
    const waiting = queues.get(activity);
    if (!waiting.length) return;
    const row = rowOf(activity);
    known.set(activity, copy(row));
    for (const job of waiting) grid.paint(row.cells[job.column], job.letters ? job.letters.split(',') : []);
  }
  function giveUp(activity, text) {
    queues.delete(activity);
    const before = known.get(activity);
    known.delete(activity);
    if (before) swap(activity, before);
    say(text, 'crit');
  }

  async function send(activity, job) {
    const row = rowOf(activity);
    const body = new URLSearchParams({
      activity, role: job.role, letters: job.letters, note: job.note, counter: row.dataset.counter,
    });
    if (job.move) body.set('move', '1');
    row.cells[job.column].setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(table.dataset.save, {
        method: 'POST', body, headers: { Accept: 'text/html', 'HX-Request': 'true' }, keepalive: true,
      });
      return { status: answer.status, redirected: answer.redirected, text: await answer.text() };
    } catch {
      return { status: 0 };
    }
  }

  async function run(activity) {
    const waiting = queues.get(activity);
    while (waiting.length) {
      const job = waiting[0];
      const { status, redirected, text } = await send(activity, job);
      waiting.shift();
      if (status === 409) {
        conflict(activity, job, parse(text));
        return;
      }
      if (redirected || status === 401) return giveUp(activity, signedOut);
      const answer = status ? parse(text) : null;
      if (status !== 200 || !take(activity, answer)) {
        const sentence = answer?.querySelector('[data-message]')?.textContent.trim();
        return giveUp(activity, sentence ? `Not saved: ${sentence}` : lost);
      }
      redraw(activity);
    }
    queues.delete(activity);
    known.delete(activity);
  }

  // Somebody else changed the row: theirs is drawn, mine and theirs are shown side by side.
  function conflict(activity, job, answer) {
    const dialog = answer.querySelector('dialog');
    queues.delete(activity);
    if (!dialog || !take(activity, answer)) return giveUp(activity, 'Not saved: somebody else changed this row. Reload the page.');
    known.delete(activity);
    document.body.append(dialog);
    dialog.showModal();
    dialog.addEventListener('close', () => {
      dialog.remove();
      const cell = rowOf(activity).cells[job.column];
      if (dialog.returnValue === 'mine') {
        remember(cell.parentElement);
        grid.paint(cell, job.letters ? job.letters.split(',') : []);
        save(cell, job);
      }
      cell.focus();
    });
  }

  function remember(row) {
    if (!known.has(row.dataset.activity)) known.set(row.dataset.activity, copy(row));
  }
  function save(cell, job) {
    const { activity } = cell.parentElement.dataset;
    const next = { ...job, column: cell.cellIndex };
    const waiting = queues.get(activity);
    if (waiting) {
      waiting.push(next);
      return;
    }
    queues.set(activity, [next]);
    run(activity);
  }
  return { remember, save };
}
