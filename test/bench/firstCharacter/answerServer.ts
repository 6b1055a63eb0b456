import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type RunningServer, listen } from '../../support/listen';
import { responsesDelta, responsesEnd, responsesOpening } from '../cpu/streams';

/** A stream under way, into which the bench writes when it wants to. */
export interface OpenStream {
  /** @returns when it was handed to the socket, in milliseconds since the epoch. */
  readonly send: (text: string) => number;
  readonly end: () => void;
}

/** Answers of the API at moments that the bench chooses, and plain text likewise for the floor. */
export interface AnswerServer extends RunningServer {
  /** The next request for an answer, once its head has been sent. */
  readonly nextAnswer: () => Promise<OpenStream>;
  /** The next request for `/floor`. */
  readonly nextFloor: () => Promise<OpenStream>;
}

/** @param simulatorPort answers everything else, such as the catalog. */
export async function startAnswerServer(simulatorPort: number): Promise<AnswerServer> {
  let takeAnswer: (stream: OpenStream) => void = () => undefined;
  let takeFloor: (stream: OpenStream) => void = () => undefined;
  const server = createServer((asked, response) => {
    const path = asked.url?.split('?')[0] ?? '';
    if (path.endsWith('/responses')) takeAnswer(openAnswer(asked, response));
    else if (path === '/floor') takeFloor(openText(asked, response));
    else forward(asked, response, simulatorPort);
  });
  return {
    ...(await listen(server)),
    nextAnswer: () => new Promise((resolve) => (takeAnswer = resolve)),
    nextFloor: () => new Promise((resolve) => (takeFloor = resolve)),
  };
}

function openAnswer(asked: IncomingMessage, response: ServerResponse): OpenStream {
  const opening = responsesOpening();
  let text = '';
  let pieces = 0;
  asked.resume();
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(opening.join(''));
  return {
    send: (piece) => {
      const frame = responsesDelta(piece, pieces);
      text += piece;
      pieces += 1;
      const sentAtMs = Date.now();
      response.write(frame);
      return sentAtMs;
    },
    end: () => response.end(responsesEnd(text, opening.length + pieces).join('')),
  };
}

function openText(asked: IncomingMessage, response: ServerResponse): OpenStream {
  asked.resume();
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
  response.flushHeaders();
  return {
    send: (text) => {
      const sentAtMs = Date.now();
      response.write(text);
      return sentAtMs;
    },
    end: () => response.end(),
  };
}

function forward(asked: IncomingMessage, response: ServerResponse, port: number): void {
  const options = { host: '127.0.0.1', port, method: asked.method, path: asked.url };
  const headers = { ...asked.headers, host: `127.0.0.1:${port}` };
  const forwarded = request({ ...options, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  forwarded.on('error', () => response.destroy());
  asked.pipe(forwarded);
}
