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
