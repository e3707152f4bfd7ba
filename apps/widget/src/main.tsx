/** The frame on an operator's page: markets to look at, and for a player to trade. */
import '@predictu/ui/styles.css';
import './widget.css';
import { ApiProvider } from '@predictu/ui/api/use-endpoint.tsx';
import { ToastProvider } from '@predictu/ui/kit/toasts.tsx';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { hearPage, tellPage } from './embed/bridge.ts';
import { goTo } from './embed/place.ts';
import { client, signIn } from './embed/session.ts';
import { startWords } from './words/words.ts';

startWords();
hearPage((message) => {
  if (message.type === 'predictu:init') void signIn(message.token);
  if (message.type === 'predictu:hello') tellPage('ready');
  if (message.type === 'predictu:navigate') goTo(message.path);
});
tellPage('ready');

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');
createRoot(root).render(
  <StrictMode>
    <ApiProvider client={client}>
      <ToastProvider>
        <App />
      </ToastProvider>
    </ApiProvider>
  </StrictMode>,
);
