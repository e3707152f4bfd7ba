/**
 * PredictuBridge 1: connects a casino's page with the Predictu frame on it. Messages are for display; money never moves by them.
 *
 *   PredictuBridge.init({ apiKey, operatorSlug, token, onReady, onTradeComplete, onBalanceChange, onNavigate, onDeposit, onWithdraw, onError })
 *
 * `token` is a launch token your server signed, or a function (it may be async) that fetches a fresh one: it is asked again when
 * the session ends. Without it the frame is for browsing. Returns { refresh, navigate, destroy }.
 */
(() => {
  const VERSION = 1;
  const script = document.currentScript;
  const origin = script ? new URL(script.src).origin : location.origin;

  function isEmpty(frame) {
    try {
      return frame.contentWindow?.location.href === 'about:blank';
    } catch {
      // Another origin: something has been loaded.
      return false;
    }
  }

  function init(options) {
    const frame = options.frame ?? document.getElementById(options.frameId ?? 'predictu-embed');
    if (!frame) throw new Error('PredictuBridge: there is no frame #predictu-embed on this page');
    const send = (type, payload = {}) =>
      frame.contentWindow?.postMessage({ type: `predictu:${type}`, version: VERSION, ...payload }, origin);

    async function greet() {
      try {
        const token = typeof options.token === 'function' ? await options.token() : options.token;
        send('init', { apiKey: options.apiKey, operatorSlug: options.operatorSlug, token: token ?? null });
      } catch (error) {
        options.onError?.({ code: 'TOKEN', message: error instanceof Error ? error.message : String(error) });
        send('init', { apiKey: options.apiKey, operatorSlug: options.operatorSlug, token: null });
      }
    }

    let greeted = false;
    const handlers = {
      'predictu:ready': () => {
        greeted = true;
        greet();
        options.onReady?.();
      },
      'predictu:session-expired': () => (typeof options.token === 'function' ? greet() : options.onSessionExpired?.()),
      'predictu:trade': ({ trade }) => options.onTradeComplete?.(trade),
      'predictu:balance': ({ balance_usd }) => options.onBalanceChange?.(balance_usd),
      'predictu:navigate': ({ path }) => options.onNavigate?.(path),
      'predictu:deposit': ({ amount_usd }) => options.onDeposit?.(amount_usd),
      'predictu:withdraw': ({ amount_usd }) => options.onWithdraw?.(amount_usd),
      'predictu:error': ({ error }) => options.onError?.(error),
      'predictu:resize': ({ height }) => {
        if (options.autoHeight) frame.style.height = `${Math.max(0, Math.ceil(height))}px`;
        options.onResize?.(height);
      },
    };
    const listen = (event) => {
      // Both the place it comes from and the window itself: another frame of the same origin is not ours.
      if (event.origin !== origin || event.source !== frame.contentWindow) return;
      const { type, version } = event.data ?? {};
      if (version === VERSION) handlers[type]?.(event.data);
    };
    addEventListener('message', listen);
    // The frame may have called before this page listened; while it is still empty there is nobody to hear us.
    if (!isEmpty(frame)) send('hello');
    frame.addEventListener('load', () => {
      if (!greeted && !isEmpty(frame)) send('hello');
    });
    return {
      /** Asks the frame to read the balance again, after a deposit or withdrawal at the cashier. */
      refresh: () => send('refresh'),
      navigate: (path) => send('navigate', { path }),
      destroy: () => removeEventListener('message', listen),
    };
  }

  window.PredictuBridge = { init, version: VERSION };
})();
