// Saves cells, one request a row at a time: the next carries the counter that the last one brought. A block of several rows
// is one request, between those.
import { say } from './say.js';

const lost = 'Not saved: the server could not be reached. The letter is back as it was.';
const signedOut = 'Not saved: you are signed out. Sign in again, then set the letter once more.';
const changed = 'Not saved: this row was changed meanwhile. Reload the page.';
const shiftedSaved = 'Saved. Somebody changed the columns of this matrix meanwhile: reload the page to see it as it is now.';
const shiftedLost = 'Not saved: somebody changed the columns of this matrix meanwhile. Reload the page, then set the letter once more.';

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
    cell.removeAttribute('aria-selected');
    cell.classList.remove('sel');
  }
  return clone;
}

export class Saver {
  constructor(table, grid) {
    this.table = table;
    this.grid = grid;
    this.queues = new Map(); // activity → what waits
    this.running = new Set(); // queues on their way
    this.held = null; // what is set while a block is on its way
    this.known = new Map(); // activity → the row as the server last sent it
  }

  /** Keeps the row as it is, to restore it where saving fails; call it before drawing. */
  remember(row) {
    if (!this.known.has(row.dataset.activity)) this.known.set(row.dataset.activity, copy(row));
  }
  /** Saves one cell; further ones of the same row wait for the answer. */
  save(cell, job) { this.enqueue(cell.parentElement.dataset.activity, { ...job, column: cell.cellIndex }); }

  enqueue(activity, job) {
    if (this.held) {
      this.held.push(() => {
        this.remember(this.row(activity));
        this.grid.paint(this.row(activity).cells[job.column], split(job.letters));
        this.enqueue(activity, job);
      });
      return;
    }
    const waiting = this.queues.get(activity);
    if (waiting) {
      waiting.push(job);
      return;
    }
    this.queues.set(activity, [job]);
    const run = this.run(activity).finally(() => this.running.delete(run));
    this.running.add(run);
  }

  /** Saves cells of several rows as one change, after what is on its way; what is set meanwhile follows. */
  async block(jobs) {
    if (this.held) {
      this.held.push(() => this.block(jobs));
      return;
    }
    this.held = [];
    const activities = [...new Set(jobs.map((job) => job.activity))];
    for (const job of jobs) this.row(job.activity).cells[job.column].setAttribute('aria-busy', 'true');
    await Promise.all(this.running);
    const { status, content } = await this.post(this.table.dataset.saveAll, this.bodyOf(activities, jobs));
    const shifted = status === 409 && this.shifted(content);
    const taken = (status === 200 || status === 409) && !shifted && this.take(content);
    if (!taken) this.restore(activities);
    activities.forEach((activity) => this.forget(activity));
    if (status !== 200 || !taken) say(shifted ? shiftedLost : this.reason(status, content), 'crit');
    const { held } = this;
    this.held = null;
    held.forEach((go) => go());
  }
  bodyOf(activities, jobs) {
    const body = new URLSearchParams();
    for (const activity of activities) {
      body.append('row', activity);
      body.append('counter', this.row(activity).dataset.counter);
    }
    for (const { activity, role, letters, note } of jobs) {
      body.append('activity', activity);
      body.append('role', role);
      body.append('letters', letters);
      body.append('note', note);
    }
    return body;
  }
  reason(status, content) {
    if (status === 401) return signedOut;
    const sentence = content?.querySelector('[data-message]')?.textContent.trim();
    return sentence ? `Not saved: ${sentence}` : lost;
  }

  row(activity) { return this.table.querySelector(`tr[data-activity="${CSS.escape(activity)}"]`); }

  swap(activity, fresh) {
    const row = this.row(activity);
    const focused = row.contains(document.activeElement);
    row.replaceWith(fresh);
    this.grid.swapped(row, fresh, focused);
  }
  // The answer's rows have other columns than the table here: their cells would stand under the wrong roles.
  shifted(answer) { return (answer?.querySelector('table')?.dataset.columns ?? this.grid.columns()) !== this.grid.columns(); }

  // Puts the answer's rows and marked pieces in place; says whether there were rows.
  take(answer) {
    const rows = [...answer.querySelectorAll('tr[data-activity]')];
    if (rows.length && this.shifted(answer)) {
      for (const fresh of rows) {
        const row = this.row(fresh.dataset.activity);
        row.dataset.counter = fresh.dataset.counter;
        for (const cell of row.cells) cell.removeAttribute('aria-busy');
      }
      say(shiftedSaved, 'crit');
      return true;
    }
    for (const piece of answer.querySelectorAll('[data-replace]')) {
      document.querySelector(piece.dataset.replace)?.replaceWith(piece);
    }
    for (const row of rows) this.swap(row.dataset.activity, row);
    return rows.length > 0;
  }
  // Puts rows back as they were before what could not be saved.
  restore(activities) {
    for (const activity of activities) {
      const before = this.known.get(activity);
      if (before) this.swap(activity, before);
    }
  }
  // What was set meanwhile stays visible on the fresh row.
  redraw(activity, waiting) {
    const row = this.row(activity);
    this.known.set(activity, copy(row));
    for (const job of waiting) this.grid.paint(row.cells[job.column], split(job.letters));
  }
  giveUp(activity, text) {
    this.restore([activity]);
    this.forget(activity);
    say(text, 'crit');
  }
  forget(activity) {
    this.queues.delete(activity);
    this.known.delete(activity);
  }

  send(activity, { role, letters, note, move, column }) {
    const row = this.row(activity);
    const body = new URLSearchParams({ activity, role, letters, note, counter: row.dataset.counter });
    if (move) body.set('move', '1');
    row.cells[column].setAttribute('aria-busy', 'true');
    return this.post(this.table.dataset.save, body);
  }
  async post(address, body) {
    const keepalive = body.toString().length < 60000; // browsers take no more of one that outlives its page
    try {
      const answer = await fetch(address, { method: 'POST', body, headers: { Accept: 'text/html', 'HX-Request': 'true' }, keepalive });
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
      if (status !== 200 || !this.take(content)) return this.giveUp(activity, this.reason(status, content));
      if (waiting.length) this.redraw(activity, waiting);
    }
    this.forget(activity);
  }

  // Somebody else changed the row: theirs is drawn, mine and theirs are shown side by side.
  conflict(activity, jobs, answer) {
    const dialog = answer.querySelector('dialog');
    const sentence = answer.querySelector('[data-message]')?.textContent.trim();
    if (this.shifted(answer)) return this.giveUp(activity, shiftedLost);
    if (sentence) return this.giveUp(activity, `Not saved: ${sentence}`);
    if (!dialog || !this.take(answer)) return this.giveUp(activity, changed);
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
