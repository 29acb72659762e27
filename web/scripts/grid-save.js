// Saves cells, one request a row at a time: the next carries the counter that the last one brought.
import { say } from './say.js';

const lost = 'Not saved: the server could not be reached. The letter is back as it was.';
const signedOut = 'Not saved: you are signed out. Sign in again, then set the letter once more.';
const changed = 'Not saved: somebody else changed this row. Reload the page.';

const split = (letters) => (letters ? letters.split(',') : []);

function parse(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}

// A copy of a row as the server sent it, without the marks of these scripts.
function copy(row) {
  const clone = row.cloneNode(true);
  for (const cell of clone.cells) {
    cell.removeAttribute('tabindex');
    cell.removeAttribute('aria-busy');
    cell.classList.remove('sel');
  }
  return clone;
}

export class Saver {
  constructor(table, grid) {
    this.table = table;
    this.grid = grid;
    this.queues = new Map(); // activity → what waits
    this.known = new Map(); // activity → the row as the server last sent it
  }

  /** Keeps the row as it is, to restore it where saving fails; call it before drawing. */
  remember(row) {
    if (!this.known.has(row.dataset.activity)) this.known.set(row.dataset.activity, copy(row));
  }
  /** Saves one cell; further ones of the same row wait for the answer. */
  save(cell, job) {
    const { activity } = cell.parentElement.dataset;
    const next = { ...job, column: cell.cellIndex };
    const waiting = this.queues.get(activity);
    if (waiting) {
      waiting.push(next);
      return;
    }
    this.queues.set(activity, [next]);
    this.run(activity);
  }

  row(activity) { return this.table.querySelector(`tr[data-activity="${CSS.escape(activity)}"]`); }

  swap(activity, fresh) {
    const row = this.row(activity);
    const focused = row.contains(document.activeElement);
    row.replaceWith(fresh);
    this.grid.swapped(row, fresh, focused);
  }
  // Puts the answer's row and marked pieces in place; says whether there was a row.
  take(activity, answer) {
    const fresh = answer.querySelector('tr[data-activity]');
    for (const piece of answer.querySelectorAll('[data-replace]')) {
      document.querySelector(piece.dataset.replace)?.replaceWith(piece);
    }
    if (fresh) this.swap(activity, fresh);
    return Boolean(fresh);
  }
  // What was set meanwhile stays visible on the fresh row.
  redraw(activity, waiting) {
    const row = this.row(activity);
    this.known.set(activity, copy(row));
    for (const job of waiting) this.grid.paint(row.cells[job.column], split(job.letters));
  }
  giveUp(activity, text) {
    const before = this.known.get(activity);
    this.forget(activity);
    if (before) this.swap(activity, before);
    say(text, 'crit');
  }
  forget(activity) {
    this.queues.delete(activity);
    this.known.delete(activity);
  }

  async send(activity, { role, letters, note, move, column }) {
    const row = this.row(activity);
    const body = new URLSearchParams({ activity, role, letters, note, counter: row.dataset.counter });
    if (move) body.set('move', '1');
    row.cells[column].setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(this.table.dataset.save, {
        method: 'POST', body, headers: { Accept: 'text/html', 'HX-Request': 'true' }, keepalive: true,
      });
      return { status: answer.redirected ? 401 : answer.status, content: parse(await answer.text()) };
    } catch {
      return { status: 0 };
    }
  }

  async run(activity) {
    const waiting = this.queues.get(activity);
    while (waiting.length) {
      const { status, content } = await this.send(activity, waiting[0]);
      const job = waiting.shift();
      if (status === 409) return this.conflict(activity, [job, ...waiting], content);
      if (status === 401) return this.giveUp(activity, signedOut);
      if (status !== 200 || !this.take(activity, content)) {
        const sentence = content?.querySelector('[data-message]')?.textContent.trim();
        return this.giveUp(activity, sentence ? `Not saved: ${sentence}` : lost);
      }
      if (waiting.length) this.redraw(activity, waiting);
    }
    this.forget(activity);
  }

  // Somebody else changed the row: theirs is drawn, mine and theirs are shown side by side.
  conflict(activity, jobs, answer) {
    const dialog = answer.querySelector('dialog');
    if (!dialog || !this.take(activity, answer)) return this.giveUp(activity, changed);
    this.forget(activity);
    document.body.append(dialog);
    dialog.showModal();
    dialog.addEventListener('close', () => {
      dialog.remove();
      const cells = jobs.map((job) => this.row(activity).cells[job.column]);
      cells[0].focus();
      if (dialog.returnValue === 'mine') jobs.forEach((job, i) => this.grid.set(cells[i], split(job.letters), job.note));
    });
  }
}
