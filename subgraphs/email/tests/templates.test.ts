import { describe, expect, test } from 'vitest';
import { compose, fillContent, VariablesError } from '../src/domain/compose.ts';
import { HIDDEN, render } from '../src/domain/render.ts';
import { placeholdersOf } from '../src/domain/template-text.ts';
import { defineTemplate } from '../src/templates/define-template.ts';
import { builtInTemplate, builtInTemplates } from '../src/templates/index.ts';

const requested = builtInTemplate('signature-requested')!;
const variables = { senderName: 'Selma Kandjii', envelopeTitle: 'Lease', message: '', expiresAt: '1 June 2026, 10:00' };
const SCRIPT = `<script>alert("x")</script><img src=x onerror='y'>`;
const HOSTILE = Object.fromEntries(Object.keys(variables).map((name) => [name, SCRIPT]));

describe('a built-in template', () => {
  test.each(builtInTemplates.map((template) => [template.name, template] as const))('%s shows every variable, in text and in HTML alike', (_name, template) => {
    const values = Object.fromEntries(template.variables.map((name) => [name, `value of ${name}`]));
    const links = template.action ? { [template.action.link]: 'https://example.na/door' } : {};
    const { subject, text, html } = render(compose(template, 'Ndapewa', values, Object.keys(links)), links);
    for (const name of placeholdersOf(template.body)) {
      const value = name === 'addressee' ? 'Ndapewa' : values[name]!;
      expect(text).toContain(value);
      expect(html).toContain(value);
    }
    expect(subject).not.toMatch(/[\r\n{}]/);
    expect(text + html).not.toMatch(/\{\{|undefined/);
    if (template.action) expect(text).toContain('https://example.na/door');
  });

  test('reads as it was written', () => {
    const { subject, text, html } = render(compose(requested, 'Ndapewa Shilongo', { ...variables, message: 'Please by Friday.\nThank you.' }, ['signingLink']), { signingLink: 'https://sign.example.na/s/abc?x=1&y=2' });
    expect({ subject, text }).toMatchSnapshot();
    expect(html).toMatchSnapshot();
  });

  test('cannot be written with a variable that it does not name', () => {
    expect(() => defineTemplate({ ...requested, body: '{{nobody}}' })).toThrow('uses nobody');
  });
});

describe('what people wrote', () => {
  test('is never HTML, whatever it contains', () => {
    const { html } = render(compose(requested, SCRIPT, HOSTILE, ['signingLink']), { signingLink: 'https://example.na/?a="><script>' });
    expect(html).not.toMatch(/<script|<img|onerror='/);
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
    expect(html).toContain('href="https://example.na/?a=&quot;&gt;&lt;script&gt;"');
  });

  test('is never read as a placeholder', () => {
    const { text } = render(compose(requested, '{{envelopeTitle}}', { ...variables, senderName: '{{signingLink}}' }, ['signingLink']), { signingLink: 'https://example.na/secret' });
    expect(text).toContain('Dear {{envelopeTitle}},');
    expect(text).toContain('{{signingLink}} asks you');
  });

  test('cannot add a header or turn the reading direction', () => {
    const { subject, text } = render(compose(requested, 'A', { ...variables, envelopeTitle: 'Lease\r\nBcc: all@example.na', senderName: 'Selma\u202eammelS' }, ['signingLink']), { signingLink: 'https://example.na' });
    expect(subject).toBe('Selma ammelS asks you to sign: Lease Bcc: all@example.na');
    expect(text).not.toContain('\u202e');
  });

  test('leaves no empty paragraph behind when it is empty', () => {
    expect(fillContent(requested, { ...variables, addressee: 'A' }).paragraphs).toHaveLength(4);
    expect(fillContent(requested, { ...variables, addressee: 'A', message: 'Soon.' }).paragraphs).toHaveLength(5);
  });
});

describe('variables', () => {
  test.each([
    ['one is missing', { ...variables, extra: undefined }, ['signingLink'], { missing: [], unknown: ['extra'] }],
    ['one is unknown', { senderName: 'S', envelopeTitle: 'L', message: '' }, ['signingLink'], { missing: ['expiresAt'], unknown: [] }],
    ['the link is missing', variables, [], { missing: ['signingLink'], unknown: [] }],
    ['a link comes that nobody asked for', variables, ['signingLink', 'other'], { missing: [], unknown: ['other'] }],
  ])('are refused by name when %s', (_why, given, links, expected) => {
    expect(() => compose(requested, 'A', given as Record<string, string>, links)).toThrow(VariablesError);
    try {
      compose(requested, 'A', given as Record<string, string>, links);
    } catch (error) {
      expect(error).toMatchObject(expected);
    }
  });
});

describe('a secret link', () => {
  const content = compose(requested, 'A', variables, ['signingLink']);

  test('is hidden wherever the links are not given', () => {
    const { text, html } = render(content);
    expect(text).toContain(`Review and sign:\n${HIDDEN}`);
    expect(html).toContain(HIDDEN);
    expect(html).not.toContain('href');
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', '', 'https://a b'])('is refused when it is %j', (signingLink) => {
    expect(() => render(content, { signingLink })).toThrow('not an http(s) address');
  });
});
