// Several cells of the grid at once: Shift with arrows or the mouse chooses a block; copy, cut, paste and take back.
import { say } from './say.js';

const blank = /^[-–—.\s]*$/; // how people write an empty cell

export class Block {
  constructor(grid) {
    this.grid = grid;
    this.from = null; // the cell from which the block was drawn; the other corner is where the grid stands
    this.past = []; // what stood before each change, cell by cell
    this.future = [];
    const { table } = grid;
    table.setAttribute('aria-multiselectable', 'true');
    table.addEventListener('pointerdown', (event) => this.press(event));
    table.addEventListener('pointerover', (event) => this.drag(event));
    addEventListener('pointerup', () => { this.drawing = false; });
    for (const kind of ['copy', 'cut', 'paste']) table.addEventListener(kind, (event) => this.clip(event));
  }

  rows() { return [...this.grid.table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.dataset.activity && !row.hidden); }
  get several() { return this.from !== null; }

  // The chosen cells, row by row; where no block is drawn, the one on which the grid stands.
  cells() {
    const to = this.place(this.grid.current);
    const from = this.from ?? to;
    const rows = this.rows();
    const at = (place) => rows.findIndex((row) => row.dataset.activity === place.activity);
    const [top, bottom] = [at(from), at(to)].sort((a, b) => a - b);
    const [left, right] = [from.column, to.column].sort((a, b) => a - b);
    return rows.slice(Math.max(top, 0), bottom + 1).map((row) => [...row.cells].slice(left, right + 1));
  }
  place(cell) { return { activity: cell.parentElement.dataset.activity, column: cell.cellIndex }; }

  extend(cell) {
    this.from ??= this.place(this.grid.current);
    this.grid.go(cell);
    this.draw();
    const cells = this.cells();
    say(`${cells.length} × ${cells[0].length} cells chosen`);
  }
  all() {
    const rows = this.rows();
    const cells = [...rows.at(-1).cells].filter((cell) => this.grid.cellOf(cell));
    this.from = { activity: rows[0].dataset.activity, column: cells[0].cellIndex };
    this.extend(cells.at(-1));
  }
  clear() {
    if (!this.several) return;
    this.from = null;
    this.draw();
  }
  // Rows are swapped for fresh ones: the marks are drawn anew.
  draw() {
    for (const cell of this.grid.table.querySelectorAll('[aria-selected]')) cell.removeAttribute('aria-selected');
    if (!this.several) return;
    for (const cell of this.cells().flat()) cell.setAttribute('aria-selected', 'true');
  }

  press(event) {
    const cell = this.grid.cellOf(event.target);
    this.drawing = cell && event.pointerType === 'mouse' && event.button === 0;
    if (this.drawing && !event.shiftKey) this.began = cell;
  }
  drag(event) {
    const cell = this.grid.cellOf(event.target);
    if (!this.drawing || event.buttons !== 1 || !cell || cell === this.began) return;
    if (this.began) { // the first step away from the cell that was pressed
      this.clear();
      this.grid.stand(this.began);
      this.began = null;
    }
    this.extend(cell);
  }

  // Sets all chosen cells; with more, adds to what is there.
  fill(letters, more = false) {
    const rows = this.cells();
    if (letters.includes('A') && rows[0].length > 1) {
      say('A row has one A: choose a single column for it.', 'crit');
      return;
    }
    this.set(rows.flat().map((cell) => ({ cell, letters: more ? [...this.grid.read(cell), ...letters] : letters })));
  }

  // Sets cells as one change. A second A in a row moves to where it is set.
  set(wanted, turned = '') {
    const { grid } = this;
    const jobs = wanted.map(({ cell, letters, note = cell.title }) => ({
      cell, letters: grid.order(letters), note: letters.length ? note : '',
    })).filter(({ cell, letters, note }) => letters.join() !== grid.read(cell).join() || note !== cell.title);
    if (jobs.length === 0) {
      say('These cells hold this already.');
      return;
    }
    if (!turned) this.remember(jobs.map(({ cell }) => cell));
    const rows = new Set(jobs.map(({ cell }) => cell.parentElement));
    rows.forEach((row) => grid.saver.remember(row));
    for (const { cell, letters, note } of jobs) grid.draw(cell, letters, note);
    grid.saver.block(jobs.map(({ cell, letters, note }) => ({ ...this.place(cell), role: grid.key(cell), letters: letters.join(), note })));
    const where = `${jobs.length} ${jobs.length === 1 ? 'cell' : 'cells'} ${turned || 'set'} in ${rows.size} ${rows.size === 1 ? 'row' : 'rows'}`;
    say(turned === 'taken back' ? `${where}. Ctrl Y brings it back.` : `${where}. Ctrl Z takes it back.`);
    this.draw();
  }

  // Keeps what stands in cells, and in those that lose an A to them.
  remember(cells) {
    this.past.push(this.snapshot(cells));
    this.future = [];
  }
  snapshot(cells) {
    const all = new Set(cells);
    for (const cell of cells) {
      const holder = this.grid.holder(cell);
      if (holder) all.add(holder);
    }
    return [...all].map((cell) => ({ ...this.place(cell), letters: this.grid.read(cell), note: cell.title }));
  }

  // Takes the last change back, or the last taking back.
  turn(stack, other) {
    const last = stack.pop();
    if (!last) {
      say(stack === this.past ? 'Nothing of this page is left to take back: the history undoes the rest.' : 'Nothing was taken back.');
      return;
    }
    const cells = last.map(({ activity, column, letters, note }) => ({ cell: this.grid.saver.row(activity)?.cells[column], letters, note })).filter(({ cell }) => cell);
    if (cells.length === 0) return;
    other.push(this.snapshot(cells.map(({ cell }) => cell)));
    this.clear();
    this.grid.go(cells[0].cell);
    this.set(cells, stack === this.past ? 'taken back' : 'brought back');
  }
  undo() { this.turn(this.past, this.future); }
  redo() { this.turn(this.future, this.past); }

  clip(event) {
    if (!this.grid.cellOf(event.target)) return;
    if (event.type === 'paste') this.paste(event.clipboardData.getData('text/plain'));
    else if (!getSelection().isCollapsed) return; // a text elsewhere on the page is meant
    else this.copy(event);
    event.preventDefault();
  }
  copy(event) {
    const rows = this.cells();
    event.clipboardData.setData('text/plain', rows.map((row) => `${row.map((cell) => this.grid.read(cell).join('/')).join('\t')}\n`).join('')); // a line each, as spreadsheets do
    const n = rows.flat().length;
    say(`${n} ${n === 1 ? 'cell' : 'cells'} copied`);
    if (event.type === 'cut') this.fill([]);
  }

  // Lays what was copied over the grid from the first chosen cell on; one cell fills the whole block.
  paste(text) {
    const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n').map((line) => line.split('\t'));
    const strange = lines.flat().find((cell) => this.letters(cell) === null);
    if (strange !== undefined) {
      const { bring } = this.grid.table.dataset;
      const whole = bring && lines.length > 1 && lines[0].length > 1; // a grid with its headings, perhaps
      say(`Not pasted: “${strange.trim().slice(0, 40)}” is not letters. ${whole ? 'A grid with its headings is imported: you see first what would change.' : 'Copy cells that hold letters alone.'}`, 'crit',
        whole && { text: 'Import it', go: () => this.bring(text) });
      return;
    }
    const chosen = this.cells();
    if (lines.length === 1 && lines[0].length === 1) {
      this.fill(this.letters(lines[0][0]));
      return;
    }
    const rows = this.rows();
    const top = rows.indexOf(chosen[0][0].parentElement);
    const left = chosen[0][0].cellIndex;
    const wide = Math.max(...lines.map((line) => line.length));
    if (top + lines.length > rows.length || !this.grid.cellOf(rows[top].cells[left + wide - 1])) {
      say(`Not pasted: ${lines.length} × ${wide} cells do not fit from here on. Begin further up or to the left.`, 'crit');
      return;
    }
    const twice = lines.findIndex((line) => line.filter((cell) => this.letters(cell).includes('A')).length > 1);
    if (twice >= 0) {
      say(`Not pasted: “${rows[top + twice].querySelector('th').dataset.name}” would have two A. A row has one.`, 'crit');
      return;
    }
    this.set(lines.flatMap((line, y) => line.map((cell, x) => ({ cell: rows[top + y].cells[left + x], letters: this.letters(cell) }))));
    this.from = { activity: rows[top].dataset.activity, column: left };
    this.grid.stand(this.grid.saver.row(rows[top + lines.length - 1].dataset.activity).cells[left + wide - 1]);
    this.grid.current.focus({ preventScroll: true });
    this.draw();
  }
  // Sends a grid with its headings where grids are imported: nothing is changed there before it is confirmed.
  bring(text) {
    const { bring, process } = this.grid.table.dataset;
    const form = Object.assign(document.createElement('form'), { method: 'post', action: bring, enctype: 'multipart/form-data', hidden: true });
    for (const [name, value] of Object.entries({ process, paste: text })) {
      form.append(Object.assign(document.createElement('textarea'), { name, value }));
    }
    document.body.append(form);
    form.submit();
  }
  // What a copied cell means: its letters, or null where it holds anything else.
  letters(text) {
    if (blank.test(text)) return [];
    const letters = [...text.toUpperCase().replace(/[\s,;/|+&]+/g, '')];
    return letters.every((letter) => this.grid.letters.includes(letter)) ? letters : null;
  }
}
