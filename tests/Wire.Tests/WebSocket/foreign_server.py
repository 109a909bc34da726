"""A websocket server of somebody else's for ForeignServerTests: python3-websockets.

Prints its port. Echoes every message; a text that is a command does something else first:
  fragments:N  sends one text in N fragments with pings between them
  ping         pings, waits for the pong, and says "ponged"
  close        closes with 4001 and a reason
"""

import asyncio

import websockets


async def serve(socket, path="/"):
    async for message in socket:
        if message == "close":
            await socket.close(4001, "as you wish \u20ac")
        elif message == "ping":
            await asyncio.wait_for(await socket.ping(b"are you there"), 10)
            await socket.send("ponged")
        elif isinstance(message, str) and message.startswith("fragments:"):
            count = int(message.split(":")[1])

            async def fragments():
                for i in range(count):
                    await socket.ping()
                    yield f"part {i} \u20ac;"

            await socket.send(fragments())
        else:
            await socket.send(message)


async def main():
    async with websockets.serve(serve, "127.0.0.1", 0, max_size=None) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.get_running_loop().run_in_executor(None, input)


asyncio.run(main())
