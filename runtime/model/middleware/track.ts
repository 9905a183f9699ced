import type { Clock } from "../clock";
import type { CallObserver } from "./observe";

/** How busy and how quick one replica is. */
export class Load {
  inFlight = 0;
  /** Moving average of the time to the first answer, in milliseconds; null before the first. */
  latencyMs: number | null = null;

  constructor(private readonly clock: Clock) {}

  enter(): CallObserver {
    const startedAt = this.clock.now();
    const learn = () => {
      const latency = this.clock.now() - startedAt;
      this.latencyMs = this.latencyMs === null ? latency : this.latencyMs * 0.8 + latency * 0.2;
    };
    this.inFlight += 1;
    return {
      firstPart: learn,
      reply: (reply) => {
        learn();
        return reply;
      },
      end: () => {
        this.inFlight -= 1;
      },
    };
  }
}
