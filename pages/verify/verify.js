import { askUntilServed, CheckFailed, digestOf, looksLikePdf, MOST_BYTES, send } from './client.js';
import { bytes } from './dom.js';
import { showFailure, showResult } from './result.js';

const byId = (id) => document.getElementById(id);
const [start, work, result, drop, input, stage, bar] = ['start', 'work', 'result', 'drop', 'file', 'work-stage', 'work-bar'].map(byId);
const TITLE = document.title;
/** What takes longer is said to be still going on. */
const LONG_MS = 2_000;

let running;

const show = (section, title = TITLE) => {
  for (const each of [start, work, result]) each.hidden = each !== section;
  document.title = title;
  scrollTo({ top: 0 });
};

const again = () => {
  running?.abort();
  result.replaceChildren();
  input.value = '';
  show(start);
  byId('choose').focus();
};

/** Says what is going on. Screen readers hear each stage once; the figures are for the eye. */
const say = (text, share) => {
  if (stage.textContent !== text) stage.textContent = text;
  if (share === undefined) bar.removeAttribute('value');
  else bar.value = share;
};

const mustBeCheckable = async (file) => {
  if (file.size > MOST_BYTES) throw new CheckFailed('This file is too large', `It has ${bytes(file.size)}; files up to ${bytes(MOST_BYTES)} can be checked here. It was not sent anywhere. Check it with a PDF reader on your own computer.`, { retry: false });
  const isPdf = await looksLikePdf(file).catch(() => {
    throw new CheckFailed('This file cannot be read', 'Your browser could not open it. It may have been moved or changed: choose it again.', { retry: false });
  });
  if (!isPdf) throw new CheckFailed('This is not a PDF', 'It does not begin as PDFs do, so it was not sent anywhere. Choose the PDF that you were sent, as it came.', { retry: false });
};

const check = async (file, signal) => {
  say('Reading the file…');
  await mustBeCheckable(file);
  const own = await digestOf(file).catch(() => null);
  signal.throwIfAborted();
  say('Sending it to the check…', 0);
  const upload = await send(file, { signal, onProgress: (share) => (share < 1 ? say('Sending it to the check…', share) : say('Checking its signatures…')) });
  say('Checking its signatures…');
  const long = setTimeout(() => say('Checking its signatures… A large document takes a moment.'), LONG_MS);
  try {
    const answer = await askUntilServed(upload.uploadId, { signal, onWait: () => say('Others are being served first. Your file keeps its place…') });
    if (own !== null && own !== answer.sha256) throw new CheckFailed('What was checked is not your file', 'Something changed it on its way here. Try again over another network.');
    return answer;
  } finally {
    clearTimeout(long);
  }
};

const handle = async (file) => {
  running?.abort();
  const { signal } = (running = new AbortController());
  byId('work-name').textContent = file.name;
  say('');
  show(work, `Checking ${file.name} · BuffrSign`);
  byId('work-title').focus();
  const handlers = { onAgain: again, onRetry: () => handle(file) };
  try {
    const answer = await check(file, signal);
    signal.throwIfAborted();
    result.replaceChildren(...showResult(answer, file, handlers));
  } catch (error) {
    if (signal.aborted) return;
    const failed = error instanceof CheckFailed ? error : new CheckFailed('The check could not be made', 'Something went wrong in this page. Load it again, then try once more.');
    result.replaceChildren(...showFailure(failed, file, handlers));
  }
  show(result, `${byId('verdict').textContent} · BuffrSign`);
  byId('verdict').focus({ preventScroll: true });
};

const take = (files) => {
  if (files.length > 0) void handle(files[0]);
};

byId('choose').addEventListener('click', (event) => {
  event.stopPropagation();
  input.click();
});
drop.addEventListener('click', () => input.click());
input.addEventListener('change', () => take(input.files));
byId('cancel').addEventListener('click', again);

/** A file may be dropped anywhere: a browser left to itself would open it instead. */
let depth = 0;
const carriesFiles = (event) => event.dataTransfer?.types.includes('Files');
const drag = (by) => (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  depth = Math.max(0, depth + by);
  document.body.classList.toggle('dragging', depth > 0 && !start.hidden);
};
addEventListener('dragenter', drag(1));
addEventListener('dragleave', drag(-1));
addEventListener('dragover', (event) => carriesFiles(event) && event.preventDefault());
addEventListener('drop', (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  depth = 0;
  document.body.classList.remove('dragging');
  take(event.dataTransfer.files);
});

/** On paper everything is open; afterwards it is as it was. */
let closed = [];
addEventListener('beforeprint', () => {
  closed = [...document.querySelectorAll('details:not([open])')];
  for (const each of closed) each.open = true;
});
addEventListener('afterprint', () => {
  for (const each of closed) each.open = false;
});
