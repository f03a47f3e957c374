import { REST } from 'discord.js';

/** A step back of the clock that counts as one, in milliseconds. */
const STEP_MS = 2000;

/**
 * A client of Discord's HTTP API for a clock that may be set. discord.js notes by the machine's clock until when it has to
 * wait: once a clock that was ahead for days is set right, it would send nothing for as long. Here it forgets that then, and
 * Discord's own answer says anew what there is to wait for.
 */
export class SteadyRest extends REST {
  #offset = Date.now() - performance.now();

  override async request(options: Parameters<REST['request']>[0]): Promise<unknown> {
    const offset = Date.now() - performance.now();
    if (offset < this.#offset - STEP_MS) {
      this.handlers.clear();
      this.globalReset = -1;
      this.globalDelay = null;
    }
    this.#offset = offset;
    return super.request(options);
  }
}
