/** A DNS server of a few lines: TXT records by name, whatever a test puts there. */
import dns2 from 'dns2';

export type DnsServer = {
  /** For a resolver's list of servers. */
  address: string;
  txt: Map<string, string[]>;
  /** Names it was asked for. */
  asked: string[];
  close(): Promise<void>;
};

const NO_SUCH_NAME = 3;

export async function openDnsServer(): Promise<DnsServer> {
  const { Packet } = dns2;
  const txt = new Map<string, string[]>();
  const asked: string[] = [];
  const server = dns2.createServer({
    udp: true,
    handle: (request, send) => {
      const response = Packet.createResponseFromRequest(request);
      const name = request.questions[0]?.name ?? '';
      asked.push(name);
      const records = txt.get(name);
      if (!records) Object.assign(response.header, { rcode: NO_SUCH_NAME });
      for (const data of records ?? []) {
        response.answers.push({ name, type: Packet.TYPE.TXT, class: Packet.CLASS.IN, ttl: 1, data } as never);
      }
      send(response);
    },
  });
  await server.listen({ udp: { port: 0, address: '127.0.0.1' } as never });
  const { port } = server.addresses().udp as { port: number };
  return {
    address: `127.0.0.1:${port}`,
    txt,
    asked,
    close: () => Promise.resolve(server.close()).then(() => undefined),
  };
}
