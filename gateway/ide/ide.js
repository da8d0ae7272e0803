/* global React, ReactDOM, GraphiQL, graphqlWs */
import { createFetcher } from './operations.js';

const url = new URL('/graphql', location.href).href;
const session = document.getElementById('session');
const forgetButton = document.getElementById('forget');
const elsewhere = document.getElementById('elsewhere');
const notSignedIn = session.textContent;

elsewhere.href = `${elsewhere.href}?endpoint=${encodeURIComponent(url)}`;

const { fetcher, forget } = createFetcher({
  url,
  webSockets: graphqlWs,
  signedIn: (isSignedIn) => {
    session.textContent = isSignedIn ? 'Signed in: the access token of the last answer goes along with all that you run here. It is kept until this page is closed.' : notSignedIn;
    forgetButton.hidden = !isSignedIn;
  },
});
forgetButton.addEventListener('click', forget);

/** What is typed here holds passwords and tokens: it is kept until the page is closed, and not on the disk of the browser. */
const kept = new Map();
const storage = {
  getItem: (name) => kept.get(name) ?? null,
  setItem: (name, value) => void kept.set(name, value),
  removeItem: (name) => void kept.delete(name),
  clear: () => kept.clear(),
  get length() {
    return kept.size;
  },
};

const welcome = `# Each tab is an operation that works here.
#
# To sign in, fill in the variables of the tab that does it and run it: its access token then goes along with
# all that you run here, subscriptions too. To send another one, write it under Headers:
#   { "authorization": "Bearer …" }

query Welcome {
  __typename
}
`;

const examples = await fetch('/ide/examples.json').then((response) => response.json());
const tabs = [{ query: welcome }, ...examples];
ReactDOM.createRoot(document.getElementById('ide')).render(React.createElement(GraphiQL, { fetcher, storage, defaultTabs: tabs, shouldPersistHeaders: false, isHeadersEditorEnabled: true, defaultEditorToolsVisibility: 'variables' }));
