import { Socket } from "node:net";

/** A connection to the embedded database: whatever host and port the driver names, it goes to this Unix socket or Windows pipe. */
export class LocalSocket extends Socket {
  readonly #address: string;

  constructor(address: string) {
    super();
    this.#address = address;
  }

  override connect(): this {
    return super.connect(this.#address);
  }
}
