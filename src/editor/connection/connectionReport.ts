import type { Endpoint } from '../../account/apiKey';
import { shownKey } from '../../privacy/knownTokens';
import { formatUsd } from '../../common/money';
import type { Localization } from '../../common/translate';
import type { Trust } from '../../network/certificates';
import type { ProxyDecision, ProxyReason } from '../../network/proxySettings';
import type { KeyInfo } from '../../openrouter/account';

/** What decides how a request gets out. */
export interface ConnectionFacts {
  readonly endpoint: Extract<Endpoint, { ok: true }>;
  readonly isDemo: boolean;
  readonly proxy: ProxyDecision;
  readonly trust: Trust;
  readonly strictSsl: boolean;
}

/** The lines of "Test connection" before anything is sent: nothing secret, each with its reason. */
export function connectionFacts(facts: ConnectionFacts, l10n: Localization): string[] {
  const { endpoint, isDemo, proxy } = facts;
  return [
    isDemo
      ? l10n.t('address: {0} (offline demo)', endpoint.baseUrl)
      : l10n.t('address: {0}', endpoint.baseUrl),
    keyLine(facts, l10n),
    l10n.t('proxy: {0} ({1})', proxy.proxyUrl ?? l10n.t('none'), proxyReason(proxy.reason, l10n)),
    ...certificateLines(facts, l10n),
  ];
}

/** What a key may spend, such as `Delegate: $12.00 of $20.00 left (monthly)`. */
export function keyText(info: KeyInfo, l10n: Localization): string {
  const label = info.label ?? l10n.t('the key');
  const { limitNanoUsd: limit, limitRemainingNanoUsd: left, limitReset } = info;
  if (limit === null || left === null) return l10n.t('{0}: no limit of its own', label);
  const words = l10n.t('{0}: {1} of {2} left', label, formatUsd(left), formatUsd(limit));
  return limitReset === null ? words : `${words} (${limitReset})`;
}

function keyLine({ endpoint, isDemo }: ConnectionFacts, l10n: Localization): string {
  const { key, keySource, otherKeyOrigin } = endpoint;
  if (key === null) {
    return otherKeyOrigin === null
      ? l10n.t('key: none')
      : l10n.t('key: none for this address; there is one for {0}', otherKeyOrigin);
  }
  if (isDemo) return l10n.t('key: made up');
  return keySource === 'stored'
    ? l10n.t('key: {0} (secret storage)', shownKey(key))
    : l10n.t('key: {0} ({1})', shownKey(key), 'OPENROUTER_API_KEY');
}

function proxyReason(reason: ProxyReason, l10n: Localization): string {
  switch (reason) {
    case 'loopback':
      return l10n.t('this machine is reached directly');
    case 'support-off':
      return l10n.t('{0} is off', 'http.proxySupport');
    case 'excluded-by-setting':
      return l10n.t('excluded by {0}', 'http.noProxy');
    case 'excluded-by-environment':
      return l10n.t('excluded by {0}', 'NO_PROXY');
    case 'setting':
      return l10n.t('set by {0}', 'http.proxy');
    case 'environment':
      return l10n.t('set by {0}', 'HTTPS_PROXY');
    case 'system':
      return l10n.t('set by the system');
    case 'unsupported':
      return l10n.t('this kind of proxy is not supported, so nothing is sent');
    case 'none':
      return l10n.t('none is set');
  }
}

function certificateLines({ trust, strictSsl }: ConnectionFacts, l10n: Localization): string[] {
  const { systemCount, extraCount, extraFileError } = trust;
  return [
    l10n.t(
      "certificates: Node's own list, {0} more of the system, {1} of NODE_EXTRA_CA_CERTS",
      systemCount,
      extraCount,
    ),
    ...(strictSsl
      ? []
      : [l10n.t('certificates are not checked, because {0} is off', 'http.proxyStrictSSL')]),
    ...(extraFileError === null
      ? []
      : [l10n.t('the file of NODE_EXTRA_CA_CERTS cannot be used: {0}', extraFileError)]),
  ];
}
