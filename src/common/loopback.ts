/**
 * Whether a host name, as `URL.hostname` gives it, is an address that no router of the internet
 * forwards (RFC 1918, RFC 4193) or this machine. Names are not looked up: what one resolves to may
 * change, so of names only those of this machine and of the local link (RFC 6762) count.
 */
export function isPrivateAddress(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return (
    isLoopback(hostname) ||
    name.endsWith('.local') ||
    /^10(?:\.\d{1,3}){3}$/.test(name) ||
    /^192\.168(?:\.\d{1,3}){2}$/.test(name) ||
    /^172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}$/.test(name) ||
    /^f[cd][0-9a-f]{2}:/.test(name)
  );
}

/**
 * Whether a host name, as `URL.hostname` gives it, means this machine: `localhost`, 127.0.0.0/8 and
 * ::1, also as an IPv4-mapped address. Names are not looked up.
 */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return (
    name === 'localhost' ||
    name === '::1' ||
    /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(name) ||
    // URL writes the mapped form of 127.x.y.z in hexadecimal.
    /^::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}$/.test(name)
  );
}
