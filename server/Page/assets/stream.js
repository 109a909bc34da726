// The connection to /events. The browser connects again by itself and says what it saw last; when it gives up (the
// server answered, but not with events), this does so with growing pauses.

const PAUSE_FIRST = 1000;
const PAUSE_MOST = 10000;

export class Stream {
  #handlers;
  #source = null;
  #pause = PAUSE_FIRST;
  #timer = 0;
  #address = '';

  // handlers: hello, quote, status (data), state ('connecting' | 'live' | 'lost', reason)
  constructor(handlers) {
    this.#handlers = handlers;
  }

  open(symbol, levels) {
    const query = new URLSearchParams();
    if (symbol) {
      query.set('symbol', symbol);
    }

    query.set('levels', levels);
    this.#address = `/events?${query}`;
    this.#connect();
  }

  close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #connect() {
    this.close();
    this.#handlers.state('connecting');
    const source = this.#source = new EventSource(this.#address);
    for (const name of ['hello', 'quote', 'status']) {
      source.addEventListener(name, event => {
        this.#pause = PAUSE_FIRST;
        this.#handlers.state('live');
        this.#handlers[name](JSON.parse(event.data));
      });
    }

    source.addEventListener('bye', event => {
      const reason = JSON.parse(event.data).reason;
      this.#handlers.state('lost', reason === 'removed' ? 'instrument removed' : 'server stopped');
    });
    source.addEventListener('error', () => {
      this.#handlers.state('lost');
      if (source.readyState === EventSource.CLOSED && source === this.#source) {
        this.#timer = setTimeout(() => this.#connect(), this.#pause);
        this.#pause = Math.min(this.#pause * 2, PAUSE_MOST);
      }
    });
  }
}
