import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, posix } from 'node:path';

const DIRECTORY = join(__dirname, '../../site/.vitepress/dist');
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Returns the HTML of all pages, by their path. */
export function builtPages(): Map<string, string> {
  const files = readdirSync(DIRECTORY, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
  return new Map(files.map((file) => [posix.join('/', file), readFileSync(join(DIRECTORY, file), 'utf8')]));
}

/** Whether the site has a file at this path. */
export function hasFile(path: string): boolean {
  return existsSync(join(DIRECTORY, path));
}

/** The built site at an address of this machine. */
export class ServedSite {
  private constructor(
    private readonly server: Server,
    /** Where the site is. */
    public readonly origin: string,
  ) {}

  public static async start(): Promise<ServedSite> {
    const server = createServer(({ url = '/' }, response) => {
      const path = decodeURIComponent(url.split('?')[0]);
      const file = path.endsWith('/') ? `${path}index.html` : path;
      if (!hasFile(file)) return response.writeHead(404).end();
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
      return createReadStream(join(DIRECTORY, file)).pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ServedSite(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  public stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
