import { createLogger } from '@buffrsign/kernel/platform';
import { testSecrets } from '@buffrsign/kernel/testing';
import { readFile } from 'node:fs/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startGateway, type RunningGateway } from '@buffrsign/gateway';
import { startDesk, type Desk } from '../../subgraphs/signatures/tests/support/desk.ts';

export const CHROMIUM = '/usr/bin/chromium';
/** Nothing but this machine is asked. */
export const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export interface VerifyPage {
  readonly origin: string;
  /** A PDF that two people signed and the platform sealed. */
  readonly sealed: Uint8Array;
  /** A fresh page at `/verify`; what its console complains of is collected. */
  open(options?: Parameters<Browser['newPage']>[0]): Promise<Page>;
  /** What consoles complained of, and what was asked of other addresses than this one. */
  readonly complaints: string[];
  stop(): Promise<void>;
}

const startGate = async (desk: Desk): Promise<RunningGateway> =>
  startGateway({
    supergraphSdl: await readFile('schema/supergraph.graphql', 'utf8'),
    transports: { signatures: desk.graph.transport },
    issuers: [],
    actorTokenSecret: testSecrets.ACTOR_TOKEN_SECRET,
    port: 0,
    log: createLogger('gateway', process.env['TEST_LOG'] ?? 'silent'),
    passThrough: [{ method: 'POST', path: '/verifications', target: `${desk.graph.url}/verifications` }],
    pagesDirectory: 'pages',
  });

const seal = async (desk: Desk): Promise<Uint8Array> => {
  const envelope = await desk.sent();
  await desk.allSign(envelope);
  const { sealedDocument } = await desk.completed(envelope.id);
  return desk.graph.tools.services.files.readAll(desk.member.organizationId, sealedDocument!.sha256);
};

/** The page behind the real gateway, with the real subgraph behind it, in a real browser. */
export const startVerifyPage = async (): Promise<VerifyPage> => {
  const desk = await startDesk();
  const gateway = await startGate(desk);
  const { origin } = new URL(gateway.url);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  const complaints: string[] = [];
  return {
    origin,
    sealed: await seal(desk),
    complaints,
    async open(options) {
      const page = await browser.newPage(options);
      page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('request', (request) => /^(blob|data):/.test(request.url()) || request.url().startsWith(`${origin}/`) || complaints.push(`asked ${request.url()}`));
      await page.goto(`${origin}/verify`);
      return page;
    },
    async stop() {
      await browser.close();
      await gateway.stop();
      await desk.stop();
    },
  };
};

/** Drops a file onto the page, as from a folder. */
export const dropFile = async (page: Page, name: string, bytes: Uint8Array): Promise<void> => {
  const transfer = await page.evaluateHandle(
    ({ base64, name: called }) => {
      // In the browser, whose types are not this project's.
      const data = new (globalThis as any).DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], called, { type: 'application/pdf' }));
      return data;
    },
    { base64: Buffer.from(bytes).toString('base64'), name },
  );
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('#drop', type, { dataTransfer: transfer });
};

/** What has the keyboard's attention. */
export const focused = (page: Page) => page.locator(':focus');

/** Pixels by which a page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = (globalThis as any).document.documentElement;
    return scrollWidth - clientWidth;
  });

/** What the page says once it has an answer. */
export const verdictOf = async (page: Page): Promise<string> => (await page.locator('#verdict').textContent()) ?? '';
