/** `npm run bench -- NAME`: measures one thing and exits with 1 where it falls short of what we promise. */
const benches: Readonly<Record<string, () => Promise<{ default: () => Promise<boolean> }>>> = {
  gateway: () => import('./bench/gateway.ts'),
  startup: () => import('./bench/startup.ts'),
  sign: () => import('./bench/sign.ts'),
  subscriptions: () => import('./bench/subscriptions.ts'),
};

const name = process.argv[2];
const load = name === undefined ? undefined : benches[name];
if (!load) {
  console.error(`Say which: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
const { default: bench } = await load();
process.exit((await bench()) ? 0 : 1);
