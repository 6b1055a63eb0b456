import { asRecord } from '../../common/json';
import { invalid } from './problem';

/** A JSON object whose fields are checked as they are read; every complaint is a 400. */
export class Fields {
  readonly record: Readonly<Record<string, unknown>>;
  readonly #path: string;

  constructor(value: unknown, path: string) {
    this.record = asRecord(value) ?? invalid(`${path || 'body'}: expected an object`);
    this.#path = path;
  }

  path(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`;
  }

  has(key: string): boolean {
    return this.record[key] !== undefined && this.record[key] !== null;
  }

  /** Refuses fields that the API does not have in this place, with the reason. */
  forbid(key: string, reason: string): void {
    if (this.record[key] !== undefined) invalid(`${this.path(key)}: ${reason}`);
  }

  string(key: string, maxLength = Number.MAX_SAFE_INTEGER): string | null {
    if (!this.has(key)) return null;
    const value = this.record[key];
    if (typeof value !== 'string') return invalid(`${this.path(key)}: expected a string`);
    if (value.length > maxLength) invalid(`${this.path(key)}: at most ${maxLength} characters`);
    return value;
  }

  boolean(key: string): boolean | null {
    if (!this.has(key)) return null;
    const value = this.record[key];
    return typeof value === 'boolean' ? value : invalid(`${this.path(key)}: expected a boolean`);
  }

  number(key: string, range: readonly [number, number]): number | null {
    if (!this.has(key)) return null;
    const value = this.record[key];
    if (typeof value !== 'number') return invalid(`${this.path(key)}: expected a number`);
    if (value < range[0] || value > range[1]) {
      invalid(`${this.path(key)}: must be between ${range[0]} and ${range[1]}`);
    }
    return value;
  }

  integer(key: string, range: readonly [number, number]): number | null {
    const value = this.number(key, range);
    if (value !== null && !Number.isInteger(value))
      invalid(`${this.path(key)}: expected an integer`);
    return value;
  }

  list(key: string): readonly unknown[] | null {
    if (!this.has(key)) return null;
    const value = this.record[key];
    return Array.isArray(value)
      ? (value as unknown[])
      : invalid(`${this.path(key)}: expected an array`);
  }

  object(key: string): Fields | null {
    return this.has(key) ? new Fields(this.record[key], this.path(key)) : null;
  }
}
