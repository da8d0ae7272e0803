/** Elements made without ever reading text as markup: what stands in a stranger's file stays text. */
const SVG = 'http://www.w3.org/2000/svg';

const fill = (node, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
};

export const el = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);

const svg = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

const SHAPES = {
  good: ['M7 12.6l3.4 3.4L17 8.6'],
  bad: ['M8.2 8.2l7.6 7.6', 'M15.8 8.2l-7.6 7.6'],
  care: ['M12 6.6v6.6', 'M12 17.2v.1'],
  calm: ['M7.5 12h9'],
  clock: ['M12 7v5.2l3.4 2'],
};

/** A small mark that says by its shape, not only by its colour, how something stands. */
export const icon = (kind, size = 24) =>
  svg('svg', { viewBox: '0 0 24 24', width: size, height: size, 'aria-hidden': true, class: `icon icon-${kind}` }, svg('circle', { cx: 12, cy: 12, r: 10.5 }), ...SHAPES[kind].map((d) => svg('path', { d })));

/** A moment as people say it, in their own time zone; in UTC for whoever points at it. */
export const time = (iso) => {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'medium' });
  const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(new Date(iso)).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return el('time', { datetime: iso, title: new Date(iso).toUTCString() }, `${format.format(new Date(iso))} ${zone}`);
};

export const bytes = (size) => (size < 1024 ? `${size} bytes` : size < 1_048_576 ? `${Math.round(size / 1024)} KB` : `${(size / 1_048_576).toFixed(1)} MB`);

/** A button that copies a text and says so. */
export const copyButton = (text, what) => {
  const said = el('span', { 'aria-live': 'polite' }, 'Copy');
  const button = el('button', { type: 'button', class: 'button small copy', 'aria-label': `Copy ${what}`, onclick: () => copy() }, said);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = 'Copied';
    } catch {
      said.textContent = 'Select it by hand';
    }
    setTimeout(() => (said.textContent = 'Copy'), 2_000);
  };
  return button;
};
