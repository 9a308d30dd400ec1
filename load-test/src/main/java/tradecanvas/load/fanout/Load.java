package tradecanvas.load.fanout;

/** How many sockets get how many candles a second. */
record Load(int sockets, int ratePerSecond) {
    Load {
        if (sockets < 1 || ratePerSecond < 1) {
            throw new IllegalArgumentException(sockets + " sockets, " + ratePerSecond + " candles a second");
        }
    }

    long periodNanos() {
        return 1_000_000_000L / ratePerSecond;
    }

    int messages(int seconds) {
        return ratePerSecond * seconds;
    }

    long deliveriesPerSecond() {
        return (long) sockets * ratePerSecond;
    }

    @Override
    public String toString() {
        return sockets + " sockets x " + ratePerSecond + "/s";
    }
}
