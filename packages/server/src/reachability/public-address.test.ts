import { expect, test } from "vitest";
import { isPublicAddress } from "./public-address.ts";

test.each(["8.8.8.8", "93.184.216.34", "::ffff:8.8.8.8", "2606:4700:4700::1111", "2a00:1450:4001:82a::200e"])(
  "%s is on the public internet",
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.each([
  ["loopback", ["127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1", "::127.0.0.1", "0:0:0:0:0:ffff:7f00:1"]],
  ["private", ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1", "fec0::1"]],
  ["link-local, metadata among it", ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "fd00:ec2::254"]],
  ["unspecified", ["0.0.0.0", "0.1.2.3", "::"]],
  ["behind a carrier, with other clouds' metadata", ["100.64.0.1", "100.100.100.200", "192.0.0.192"]],
  ["a cloud's own host", ["168.63.129.16"]],
  ["NAT64 of something private", ["64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "::ffff:0:127.0.0.1"]],
  ["tunnelled", ["2002:7f00:1::", "2001:0:1::1"]],
  ["for many", ["224.0.0.1", "255.255.255.255", "ff02::1"]],
  ["for documents and tests", ["192.0.2.1", "198.18.0.1", "203.0.113.9", "2001:db8::1", "240.0.0.1", "100::1"]],
  ["no address", ["", "localhost", "1.2.3", "127.1", "0x7f.1", "fe80::1%eth0", "256.1.1.1"]],
])("what is %s is refused", (_what, addresses) => {
  expect(addresses.filter(isPublicAddress)).toEqual([]);
});
