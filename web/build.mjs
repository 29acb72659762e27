// Copies the third-party browser files into vendor/, cut to what the pages use.
// Nothing is fetched here: run `npm ci` first. A second run finds the stamp and stops.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const modules = (path) => here(`node_modules/${path}`);
const vendor = (path) => here(`vendor/${path}`);

const latin = [[0x20, 0x7e], [0xa0, 0xff], [0x131], [0x152, 0x153], [0x2013, 0x2014], [0x2018, 0x201a],
  [0x201c, 0x201e], [0x2022], [0x2026], [0x202f], [0x20ac], [0x2212]];
const latinExtended = [[0x100, 0x130], [0x132, 0x151], [0x154, 0x17f], [0x218, 0x21b], [0x1e9e]];
const fonts = [
  { from: 'inter-latin-wght-normal.woff2', to: 'inter-latin.woff2', ranges: latin },
  { from: 'inter-latin-ext-wght-normal.woff2', to: 'inter-latin-ext.woff2', ranges: latinExtended },
];
const features = ['kern', 'mark', 'mkmk', 'ccmp', 'locl', 'calt', 'tnum'];

/** What the result depends on: this script, the icon list and the locked versions. */
async function fingerprint() {
  const hash = createHash('sha256');
  for (const path of ['build.mjs', 'icons.txt', 'package-lock.json']) hash.update(await readFile(here(path)));
  return hash.digest('hex');
}

const read = (path) => readFile(path, 'utf8').catch(() => '');
const characters = (ranges) => ranges.map(([from, to = from]) =>
  String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i))).join('');
const unicodeRange = (ranges) => ranges.map(([from, to]) =>
  `U+${from.toString(16)}${to ? `-${to.toString(16)}` : ''}`).join(',');

async function buildFonts() {
  const faces = [];
  for (const { from, to, ranges } of fonts) {
    const source = await readFile(modules(`@fontsource-variable/inter/files/${from}`));
    const cut = await subsetFont(source, characters(ranges), {
      targetFormat: 'woff2', keepFeatures: features, variationAxes: { wght: { min: 400, max: 700 } },
    });
    await writeFile(vendor(to), cut);
    faces.push(`@font-face{font-family:"Inter var";src:url(${to}) format("woff2");font-weight:400 700;` +
      `font-display:optional;unicode-range:${unicodeRange(ranges)}}`);
  }
  await writeFile(vendor('fonts.css'), faces.join('\n') + '\n');
}

async function buildIcons() {
  const names = (await readFile(here('icons.txt'), 'utf8')).split('\n').filter(Boolean);
  const symbols = await Promise.all(names.map(async (name) => {
    const svg = await readFile(modules(`lucide-static/icons/${name}.svg`), 'utf8');
    const shapes = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'));
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" ` +
      `stroke-linecap="round" stroke-linejoin="round">${shapes.replace(/\s*\n\s*/g, '')}</symbol>`;
  }));
  await writeFile(vendor('icons.svg'),
    `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide, ISC licence -->\n${symbols.join('\n')}\n</svg>\n`);
}

async function buildScripts() {
  await writeFile(vendor('htmx.js'), (await readFile(modules('htmx.org/dist/htmx.min.js'), 'utf8'))
    .replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n'));
  await writeFile(vendor('combobox-nav.js'), (await readFile(modules('@github/combobox-nav/dist/index.js'), 'utf8'))
    .replace(/^[ \t]+|^\/\/.*\n/gm, ''));
  await copyFile(modules('axe-core/axe.min.js'), vendor('_test/axe.min.js')); // never embedded: see embed.go
}

const stamp = vendor('_test/stamp');
const wanted = await fingerprint();
if (await read(stamp) !== wanted) {
  for (const name of await readdir(here('vendor'))) {
    if (name !== '.keep') await rm(vendor(name), { recursive: true });
  }
  await mkdir(vendor('_test'), { recursive: true });
  await Promise.all([buildFonts(), buildIcons(), buildScripts()]);
  await writeFile(stamp, wanted);
}
