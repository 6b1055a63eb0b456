import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault';
import type { RecordedRequest } from '../requestLog';
import { RequestProblem } from '../request/problem';

/** A request on its way through the simulator. */
export interface HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** The body as it came. */
  readonly bodyText: string;
  /** Aborted when the client has left before the answer was complete, or the simulator closes. */
  readonly gone: AbortSignal;
  readonly record: RecordedRequest;
  /** What is to go wrong with the answer. */
  readonly fault: Fault;
}

export function header(exchange: HttpExchange, name: string): string | undefined {
  const value = exchange.request.headers[name.toLowerCase()];
  return Array.isArray(value) ? value[0] : value;
}

export function sendJson(exchange: HttpExchange, status: number, body: unknown): void {
  const { response, record } = exchange;
  record.status = status;
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

export function sendHtml(exchange: HttpExchange, status: number, html: string): void {
  exchange.record.status = status;
  exchange.response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  exchange.response.end(html);
}

export function sendProblem(exchange: HttpExchange, problem: RequestProblem): void {
  sendJson(exchange, problem.status, problem.body());
}

/** Larger bodies get 413. */
const MAX_BODY_BYTES = 20_000_000;

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (bytes > MAX_BODY_BYTES) throw new RequestProblem(413, 'Request Entity Too Large');
  return Buffer.concat(chunks).toString('utf8');
}
