import type { BrowserContext } from 'playwright-core';

const forwarded = /^http:\/\/[^/]+\/proxy\/(\d+)(\/.*)$/;

/**
 * Addresses of the extension host's machine reach a browser by `/proxy/PORT/…` of the page's own
 * server. The server from npm names them so and leaves serving them to what stands in front of it,
 * which this does.
 */
export async function forwardPorts(context: BrowserContext): Promise<void> {
  await context.route(forwarded, async (route) => {
    const response = await route.fetch({ url: directUrl(route.request().url()), maxRedirects: 0 });
    const { location } = response.headers();
    // A fulfilled request cannot be a redirect, so the page itself goes on.
    if (location === undefined) await route.fulfill({ response });
    else await route.fulfill({ contentType: 'text/html', body: goOn(location) });
  });
}

function goOn(location: string): string {
  return `<script>location.replace(${JSON.stringify(location)})</script>`;
}

/** The address on this machine behind a forwarded one; others as they are. */
export function directUrl(url: string): string {
  return url.replace(forwarded, 'http://127.0.0.1:$1$2');
}
