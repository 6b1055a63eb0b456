import * as vscode from 'vscode';

/** A file system of one file in memory, whose permission a test can take away. */
export class MemoryFile implements vscode.FileSystemProvider {
  isReadonly = false;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  #bytes: Uint8Array;

  constructor(text: string) {
    this.#bytes = Buffer.from(text);
  }

  get text(): string {
    return Buffer.from(this.#bytes).toString('utf8');
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(): vscode.FileStat {
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: 0,
      size: this.#bytes.length,
      ...(this.isReadonly && { permissions: vscode.FilePermission.Readonly }),
    };
  }

  readFile(): Uint8Array {
    return this.#bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    if (this.isReadonly) throw vscode.FileSystemError.NoPermissions(uri);
    this.#bytes = bytes;
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}
