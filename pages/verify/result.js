import { bytes, copyButton, el, icon, time } from './dom.js';
import { answers, changes, faults, judge, KINDS, levelName, nameOf, open, standing } from './words.js';

/** A question and its answer; grouped, so that they stay together however they are laid out. */
const fact = (name, ...value) => el('div', {}, el('dt', {}, name), el('dd', {}, ...value));
const wideFact = (name, ...value) => el('div', { class: 'wide' }, el('dt', {}, name), el('dd', {}, ...value));

const digest = (sha256, what) => el('span', { class: 'digest' }, el('code', {}, sha256), copyButton(sha256, what));

const timeAnswer = ({ provenAt, claimedAt, timestamp, kind }) => {
  if (provenAt) return ['Existed by ', time(provenAt), timestamp && kind !== 'DOC_TIMESTAMP' ? `: proven by a timestamp of ${timestamp.authority}.` : ': proven by a timestamp.'];
  if (claimedAt) return ['Not proven. The signer’s own clock said ', time(claimedAt), '.'];
  return ['Not proven, and not claimed.'];
};

const answerOf = (answer) => {
  if (typeof answer === 'string') return [answer];
  return Array.isArray(answer) ? [el('strong', { class: 'level' }, answer[0]), ' ', answer[1]] : timeAnswer(answer);
};

const changeList = ({ changesSince }) => {
  if (changesSince.length === 0) return null;
  const items = changesSince.map(({ permitted, description, object }) => el('li', { class: permitted ? '' : 'illegal' }, icon(permitted ? 'good' : 'bad', 18), el('span', {}, description, object ? el('span', { class: 'object' }, ` (object ${object})`) : null, permitted ? null : el('strong', {}, ' Not permitted.'))));
  const isIllegal = changesSince.some(({ permitted }) => !permitted);
  return el('details', { class: 'changes', open: isIllegal }, el('summary', {}, `Show ${changesSince.length === 1 ? 'it' : 'them'}`), el('ul', {}, items));
};

const signatureCard = (signature) => {
  const { tone, label } = standing(signature);
  const { signer, reason, location, findings } = signature;
  const about = [signer?.organization, signer?.email].filter((text) => text && text !== nameOf(signature));
  return el(
    'li',
    { class: `signature tone-${tone}` },
    el('span', { class: 'node' }, icon(signature.kind === 'DOC_TIMESTAMP' && tone !== 'bad' ? 'clock' : tone, 28)),
    el(
      'article',
      { class: 'card' },
      el('header', {}, el('div', {}, el('p', { class: 'kind' }, KINDS[signature.kind]), el('h3', {}, nameOf(signature)), about.length > 0 && el('p', { class: 'about' }, about.join(' · '))), el('p', { class: 'chip' }, label)),
      findings.filter(({ severity }) => severity === 'ERROR').map(({ message }) => el('p', { class: 'fault' }, message)),
      el(
        'dl',
        { class: 'answers' },
        answers(signature).map(([question, answer]) => fact(question, ...answerOf(answer))),
        fact('Since then', changes(signature), changeList(signature)),
        reason ? fact('Reason given', `“${reason}”`) : null,
        location ? fact('Place given', `“${location}”`) : null,
      ),
    ),
  );
};

const verdict = (result, file) => {
  const { tone, headline, summary } = judge(result);
  const wrong = faults(result);
  return el(
    'article',
    { class: `verdict card tone-${tone}` },
    el('div', { class: 'verdict-head' }, icon(tone, 60), el('div', {}, el('h1', { id: 'verdict', tabindex: -1 }, headline), el('p', { class: 'summary' }, summary))),
    wrong.length > 0 && tone === 'bad' ? el('ul', { class: 'wrong', 'aria-label': 'What speaks against it' }, wrong.map((message) => el('li', {}, message))) : null,
    result.sealedHereAt ? el('p', { class: 'sealed-here' }, icon('good', 20), el('span', {}, 'This very file, byte for byte, was sealed on this platform on ', time(result.sealedHereAt), '.')) : null,
    el('dl', { class: 'facts' }, wideFact('File', el('span', { class: 'filename' }, file.name)), fact('Size', bytes(result.size)), fact('Checked', time(result.checkedAt)), result.level ? fact('Level reached', levelName(result.level)) : null, wideFact('SHA-256 of the file', digest(result.sha256, 'the SHA-256 of the file'))),
  );
};

const technical = (result) => {
  const json = JSON.stringify(result, null, 2);
  const url = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
  const rows = result.signatures.map((signature) => {
    const { signer } = signature;
    return el(
      'section',
      {},
      el('h3', {}, nameOf(signature)),
      el('dl', { class: 'technical' }, fact('Field', el('code', {}, signature.fieldName)), fact('Algorithm', el('code', {}, signature.algorithm)), signer ? [fact('Issuer', signer.issuer), fact('Valid', time(signer.notBefore), ' to ', time(signer.notAfter)), fact('Serial number', el('code', {}, signer.serialNumber)), fact('SHA-256 of the certificate', digest(signer.sha256, `the SHA-256 of the certificate of ${nameOf(signature)}`))] : null),
    );
  });
  return el(
    'details',
    { class: 'card data' },
    el('summary', {}, 'Technical data'),
    el('p', { class: 'about' }, `${result.revisions} ${result.revisions === 1 ? 'revision' : 'revisions'} in the file. The same check, in your own terminal: `, el('code', {}, 'npx buffrsign verify FILE.pdf')),
    rows,
    el('section', {}, el('h3', {}, 'The answer as the API gave it'), el('p', { class: 'row' }, copyButton(json, 'the answer'), el('a', { class: 'button small', href: url, download: `verification-${result.sha256.slice(0, 12)}.json` }, 'Save as JSON')), el('pre', { tabindex: 0, 'aria-label': 'JSON' }, el('code', {}, json))),
  );
};

const openQuestions = (result) => {
  if (result.verdict === 'UNSIGNED') return null;
  const questions = open(result);
  return el(
    'section',
    { class: 'open', 'aria-labelledby': 'open' },
    el('h2', { id: 'open' }, 'What this check could not settle'),
    questions.length === 0
      ? el('p', { class: 'about' }, 'Nothing that a check of the file can settle was left open.')
      : el('ul', { class: 'questions card' }, questions.map(({ title, meaning, names }) => el('li', {}, el('h3', {}, title), meaning && el('p', {}, meaning), names.length > 0 && el('p', { class: 'names' }, names.join(' · '))))),
  );
};

const actions = ({ onAgain }) => el('div', { class: 'row actions' }, el('button', { type: 'button', class: 'button primary', onclick: onAgain }, 'Check another PDF'), el('button', { type: 'button', class: 'button', onclick: () => print() }, 'Print this report'));

/** The whole answer, the verdict first. */
export const showResult = (result, file, handlers) => [
  el('p', { class: 'report-title' }, `Report on a signed document, made at ${location.host} on `, time(result.checkedAt)),
  verdict(result, file),
  result.signatures.length > 0 ? el('section', { 'aria-labelledby': 'signatures' }, el('h2', { id: 'signatures' }, result.signatures.length === 1 ? 'The signature' : `${result.signatures.length} signatures, in the order they were made`), el('ol', { class: 'signatures' }, result.signatures.map(signatureCard))) : null,
  openQuestions(result),
  technical(result),
  actions(handlers),
].filter((part) => part !== null);

/** Why there is no answer, and what to do. */
export const showFailure = (error, file, { onAgain, onRetry }) => [
  el(
    'article',
    { class: 'verdict card tone-care' },
    el('div', { class: 'verdict-head' }, icon('care', 60), el('div', {}, el('h1', { id: 'verdict', tabindex: -1 }, error.title), el('p', { class: 'summary' }, error.message))),
    error.detail ? el('p', { class: 'about detail' }, `The reader says: ${error.detail}`) : null,
    el('dl', { class: 'facts' }, wideFact('File', el('span', { class: 'filename' }, file.name)), fact('Size', bytes(file.size))),
  ),
  el('div', { class: 'row actions' }, error.retry ? el('button', { type: 'button', class: 'button primary', onclick: onRetry }, 'Try again') : null, el('button', { type: 'button', class: error.retry ? 'button' : 'button primary', onclick: onAgain }, 'Choose another PDF')),
];
