/** Every place in a value where a string stands, as a function that puts another one there. */
export function stringPlaces(
  value: unknown,
  path = '',
): { path: string; put: (text: string) => unknown }[] {
  if (typeof value === 'string') return [{ path, put: (text) => text }];
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, item]) =>
    stringPlaces(item, `${path}/${key}`).map(({ path: place, put }) => ({
      path: place,
      put: (text: string): unknown => {
        const copy = { ...(value as Record<string, unknown>), [key]: put(text) };
        return isList ? Object.values(copy) : copy;
      },
    })),
  );
}
