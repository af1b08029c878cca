import { expect, test } from 'vitest';
import { networkOf, remoteAddress } from './network.ts';

test('an IPv4 address is one sender, however it is written; of an IPv6 address the first 64 bits are', () => {
  for (const [address, network] of [
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:0:1::5', '2001:db8:0:1'],
    ['2001:DB8:0000:0001:9:8:7:6', '2001:db8:0:1'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ])
    expect([address, networkOf(address ?? '')]).toEqual([address, network]);
});

test('without a connection there is no address', () => {
  expect(remoteAddress({ incoming: { socket: { remoteAddress: '192.0.2.7' } } })).toBe('192.0.2.7');
  for (const env of [undefined, {}, { incoming: {} }, { incoming: { socket: {} } }])
    expect(remoteAddress(env)).toBe('');
});
