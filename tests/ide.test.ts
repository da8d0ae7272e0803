import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seedDemo } from '../scripts/platform/demo-workspace.ts';
import { corpus } from './support/corpus.ts';
import { startTestPlatform, type TestPlatform } from './support/test-platform.ts';
import { CHROMIUM, FLAGS } from './support/verify-page.ts';

const PASSWORD = 'kudu-for-tests-only';

describe.skipIf(!existsSync(CHROMIUM))(`the page for people in a browser without the internet${existsSync(CHROMIUM) ? '' : ` (there is no ${CHROMIUM})`}`, () => {
  let platform: TestPlatform;
  let browser: Browser;
  let page: Page;
  /** What was asked of other machines, and what the console complained of. */
  const elsewhere: string[] = [];
  const complaints: string[] = [];
  beforeAll(async () => {
    platform = await startTestPlatform();
    await seedDemo(platform.platform, PASSWORD);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
  });
  beforeEach(async () => {
    const isHere = (address: string): boolean => /^(blob|data):/.test(address) || ['localhost', '127.0.0.1'].includes(new URL(address).hostname);
    page = await browser.newPage({ viewport: { width: 1_400, height: 900 } });
    await page.route('**/*', (route) => {
      if (isHere(route.request().url())) return route.continue();
      elsewhere.push(route.request().url());
      return route.abort();
    });
    page.on('websocket', (socket) => isHere(socket.url().replace(/^ws/, 'http')) || elsewhere.push(socket.url()));
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(new URL('/', platform.url).href);
    await page.locator('.graphiql-editor').first().waitFor();
  });
  afterEach(async () => {
    await page.close();
    expect(elsewhere.splice(0)).toEqual([]);
    expect(complaints.splice(0)).toEqual([]);
  });

  const openTab = (name: string) => page.getByRole('tab', { name, exact: true }).click();
  const setEditor = (selector: string, text: string) => page.evaluate(([where, value]) => ((globalThis as any).document.querySelector(`${where} .CodeMirror`).CodeMirror.setValue(value) as void), [selector, text] as const);
  const editor = (selector: string): Promise<string> => page.evaluate((where) => (globalThis as any).document.querySelector(`${where} .CodeMirror`).CodeMirror.getValue() as string, selector);
  const VARIABLES = '.graphiql-editor-tool .graphiql-editor:not(.hidden)';
  const run = () => page.locator('.graphiql-execute-button').click();
  const answer = async (): Promise<string> => editor('.result-window');
  const signIn = async () => {
    await openTab('Login');
    await setEditor(VARIABLES, JSON.stringify({ input: { email: 'ndapewa@kalahari.example', password: PASSWORD } }));
    await run();
    await expect.poll(answer, { timeout: 15_000 }).toContain('LoginSuccess');
  };

  test('begins with what to do, then signing in and the other operations of the house, those first that need no account', async () => {
    const tabs = await page.getByRole('tab').allInnerTexts();
    expect(tabs.slice(0, 2)).toEqual(['Welcome', 'Login']);
    expect(tabs.slice(1).toSorted()).toEqual(readdirSync('schema/operations').map((name) => name.replace('.graphql', '')).sort());
    expect(tabs.indexOf('VerifyDocument')).toBeLessThan(tabs.indexOf('Envelopes'));
    await openTab('Login');
    expect(await editor('.graphiql-query-editor')).toBe(readFileSync('schema/operations/Login.graphql', 'utf8').trimEnd().concat('\n'));
    expect(JSON.parse(await editor(VARIABLES))).toEqual({ input: { email: '', password: '' } });
  });

  test('runs a query, and after signing in sends the token along by itself, until one signs out', async () => {
    await openTab('Envelopes');
    await run();
    await expect.poll(answer).toContain('UNAUTHORIZED_FIELD_OR_TYPE');
    await signIn();
    expect(await page.getByRole('status').innerText()).toContain('Signed in');
    await openTab('Envelopes');
    await run();
    await expect.poll(answer).toContain('"edges": []');
    await page.getByRole('button', { name: 'Sign out here' }).click();
    await run();
    await expect.poll(answer).toContain('UNAUTHORIZED_FIELD_OR_TYPE');
  });

  test('runs a subscription over a WebSocket, signed in', async () => {
    await signIn();
    const { accessToken } = (JSON.parse(await answer()) as { data: { login: { tokens: { accessToken: string } } } }).data.login.tokens;
    const file = readFileSync(join(corpus(), 'minimal-document.pdf'));
    const create = await fetch(platform.url, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` }, body: JSON.stringify({ query: 'mutation ($input: CreateDocumentInput!) { createDocument(input: $input) { ... on CreateDocumentSuccess { document { id } upload { url } } } }', variables: { input: { title: 'Lease', filename: 'lease.pdf', idempotencyKey: 'ide' } } }) });
    const { data } = (await create.json()) as { data: { createDocument: { document: { id: string }; upload: { url: string } } } };
    const { document, upload } = data.createDocument;
    await openTab('DocumentProgress');
    await setEditor(VARIABLES, JSON.stringify({ documentId: document.id }));
    await run();
    await expect.poll(answer).toContain('"title": "Lease"');
    await fetch(upload.url, { method: 'PUT', body: file, headers: { 'content-type': 'application/pdf' } });
    // It ends by itself when the document is ready.
    await expect.poll(answer, { timeout: 20_000 }).toContain('"state": "READY"');
  });

  test('shows what the schema says, offers the page that needs the internet as a link, and leaves nothing in the browser: neither password nor token', async () => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByText('A GraphQL schema provides a root type').waitFor();
    expect(await page.getByRole('link', { name: /Apollo Sandbox/ }).getAttribute('href')).toBe(`https://studio.apollographql.com/sandbox/explorer?endpoint=${encodeURIComponent(platform.url)}`);
    await signIn();
    const stored = await page.evaluate(() => JSON.stringify([(globalThis as any).localStorage, (globalThis as any).sessionStorage]));
    expect(stored).toBe('[{},{}]');
  });

  test('lets scripts come from nowhere else', async () => {
    const response = await fetch(platform.url, { headers: { accept: 'text/html' } });
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/https?:|unsafe-eval|\*/);
  });
});
