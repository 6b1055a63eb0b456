import type { StreamEvent } from '../streamEvent';

/** A list of stream events that is still being written. */
export class EventBatch {
  #events: StreamEvent[] = [];
  #deltaType: 'text-delta' | 'reasoning-delta' | null = null;
  #deltaText = '';

  get isEmpty(): boolean {
    return this.#events.length === 0 && this.#deltaType === null;
  }

  /**
   * Appends text. Neighbouring deltas of one type become one event: a network chunk often carries
   * dozens of them, and nobody downstream may attach a meaning to where the API cut them.
   */
  addText(type: 'text-delta' | 'reasoning-delta', text: string): void {
    if (this.#deltaType !== type) {
      this.#closeDelta();
      this.#deltaType = type;
    }
    this.#deltaText += text;
  }

  add(event: StreamEvent): void {
    this.#closeDelta();
    this.#events.push(event);
  }

  /** Appends a heartbeat, unless the last event is one. */
  addHeartbeat(): void {
    if (this.#deltaType === null && this.#events.at(-1)?.type === 'heartbeat-received') return;
    this.add({ type: 'heartbeat-received' });
  }

  /** Hands the events over; the batch is empty afterwards. */
  take(): readonly StreamEvent[] {
    this.#closeDelta();
    const taken = this.#events;
    this.#events = [];
    return taken;
  }

  #closeDelta(): void {
    if (this.#deltaType === null) return;
    this.#events.push({ type: this.#deltaType, text: this.#deltaText });
    this.#deltaType = null;
    this.#deltaText = '';
  }
}
