import { idle, transactionState } from "./wire-messages";

/** The one session that the embedded database has. */
export interface Backend {
  /** Answers one unit: everything a client sends up to the message that asks for an answer. */
  answer(unit: readonly Buffer[]): Promise<Buffer>;
  rollback(): Promise<void>;
}

/** One connection, as far as the queue is concerned. */
export interface Client {
  reply(answer: Buffer): void;
  /** Ends the connection: its transaction held everybody up for too long. */
  drop(): void;
}

export interface SessionQueue {
  submit(client: Client, unit: readonly Buffer[]): void;
  leave(client: Client): void;
}

/**
 * Lets many connections share one session. Units run one at a time and whole; a transaction that is open after a unit keeps the
 * session for its client until it ends, the client leaves, or `maxIdleMs` pass without a word from it.
 */
export const createSessionQueue = (
  backend: Backend,
  { maxIdleMs, onBroken }: { maxIdleMs: number; onBroken: (error: unknown) => void },
): SessionQueue => {
  const waiting: { client: Client; unit: readonly Buffer[] }[] = [];
  const gone = new WeakSet<Client>();
  let owner: Client | null = null;
  let running = false;
  let idleTimer: NodeJS.Timeout | undefined;

  const next = () => {
    if (owner === null) return waiting.shift();
    const index = waiting.findIndex(({ client }) => client === owner);
    return index === -1 ? undefined : waiting.splice(index, 1)[0];
  };

  const watchOwner = () => {
    clearTimeout(idleTimer);
    const holder = owner;
    if (holder === null) return;
    idleTimer = setTimeout(() => holder.drop(), maxIdleMs);
    idleTimer.unref();
  };

  const work = async () => {
    for (;;) {
      if (owner !== null && gone.has(owner)) {
        await backend.rollback();
        owner = null;
        continue;
      }
      const turn = next();
      if (turn === undefined) {
        // In the same breath as the look: whatever is submitted from now on starts the work anew.
        running = false;
        watchOwner();
        return;
      }
      clearTimeout(idleTimer);
      const answer = await backend.answer(turn.unit);
      owner = transactionState(answer) === idle ? null : turn.client;
      if (!gone.has(turn.client)) turn.client.reply(answer);
    }
  };

  const run = () => {
    if (running) return;
    running = true;
    // A session that failed is in an unknown state: nothing more is answered, only a new process can be trusted.
    work().catch(onBroken);
  };

  return {
    submit: (client, unit) => {
      waiting.push({ client, unit });
      run();
    },
    leave: (client) => {
      gone.add(client);
      for (let index = waiting.length - 1; index >= 0; index -= 1) {
        if (waiting[index]?.client === client) waiting.splice(index, 1);
      }
      run();
    },
  };
};
