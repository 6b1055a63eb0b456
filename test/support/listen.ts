import type { AddressInfo, Server, Socket } from 'node:net';

/** What a test starts and has to stop. */
export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a server on a free port of this machine; closing it ends its connections. */
export async function listen(server: Server): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
