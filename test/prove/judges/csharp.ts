import { csharpTokens } from './csharpTokens';
import type { Judge } from './judge';
import { isInstalled, succeeds } from './spawned';

/** Texts of equal tokens are one to the standard; every so many of them are read all the same. */
const READ = 20;

/**
 * Tokens of the standard. Mono's compiler says what is refused, where it is installed and the file
 * is in a C# that it knows: up to 7, without namespaces to the end of the file. That it refuses an
 * original is a reading as well.
 */
export function createCsharpJudge(): Judge {
  const hasMono = isInstalled('mcs');
  const known = new Map<string, { times: number; isRead: boolean }>();
  return {
    name: hasMono ? 'tokens of the standard, mcs' : 'tokens of the standard',
    read(text) {
      const tokens = csharpTokens(text);
      if (!hasMono) return tokens;
      const before = known.get(tokens);
      const times = before?.times ?? 0;
      const isRead =
        before && times % READ !== 0 ? before.isRead : succeeds('mcs', ['--parse'], ['a.cs', text]);
      known.set(tokens, { times: times + 1, isRead });
      return `${String(isRead)}\n${tokens}`;
    },
  };
}
