import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

/** Answers for the tests with HdrHistogram's own code. Doubles are printed as their bits. */
public final class HistogramProbe {
    private static final double[] PERCENTILES = {0, 1, 25, 50, 75, 90, 99, 99.9, 99.99, 99.999, 100};

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "buckets": buckets(histogram(arguments, 1)); break;
            case "read": read(arguments[1]); break;
            case "record": record(arguments); break;
            case "text": text(arguments[1], Double.parseDouble(arguments[2]), Integer.parseInt(arguments[3])); break;
            default: throw new IllegalArgumentException("no verb " + arguments[0]);
        }
    }

    private static Histogram histogram(String[] arguments, int at) {
        return new Histogram(
            Long.parseLong(arguments[at]), Long.parseLong(arguments[at + 1]), Integer.parseInt(arguments[at + 2]));
    }

    /** One line per bucket: lowest, highest, median, width. */
    private static void buckets(Histogram histogram) {
        StringBuilder lines = new StringBuilder();
        for (HistogramIterationValue each : histogram.allValues()) {
            long value = each.getValueIteratedTo();
            lines.append(histogram.lowestEquivalentValue(value)).append(' ')
                .append(histogram.highestEquivalentValue(value)).append(' ')
                .append(histogram.medianEquivalentValue(value)).append(' ')
                .append(histogram.sizeOfEquivalentValueRange(value)).append('\n');
        }
        System.out.print(lines);
    }

    /** One line per interval of a log: tag, times in ms, figures, percentiles, the plain encoding. */
    private static void read(String log) throws Exception {
        HistogramLogReader reader = new HistogramLogReader(new FileInputStream(log));
        EncodableHistogram next;
        while ((next = reader.nextIntervalHistogram()) != null) {
            figures((Histogram) next);
        }
    }

    /** record LOG TAG INTERVAL START_MS END_MS LOWEST HIGHEST DIGITS: the values of stdin, appended to a log. */
    private static void record(String[] arguments) throws Exception {
        Histogram histogram = histogram(arguments, 6);
        BufferedReader values = new BufferedReader(new InputStreamReader(System.in));
        for (String line = values.readLine(); line != null; line = values.readLine()) {
            histogram.recordValueWithExpectedInterval(Long.parseLong(line), Long.parseLong(arguments[3]));
        }
        histogram.setTag(arguments[2].equals("-") ? null : arguments[2]);
        histogram.setStartTimeStamp(Long.parseLong(arguments[4]));
        histogram.setEndTimeStamp(Long.parseLong(arguments[5]));
        try (PrintStream file = new PrintStream(new FileOutputStream(arguments[1]))) {
            HistogramLogWriter writer = new HistogramLogWriter(file);
            writer.outputLogFormatVersion();
            writer.outputComment("[of the probe]");
            writer.outputStartTime(histogram.getStartTimeStamp());
            writer.setBaseTime(histogram.getStartTimeStamp() - 1000);
            writer.outputBaseTime(histogram.getStartTimeStamp() - 1000);
            writer.outputLegend();
            writer.outputIntervalHistogram(histogram);
            histogram.setTag("again");
            writer.outputIntervalHistogram(histogram);
        }
        figures(histogram);
    }

    /** The percentile texts of a log's intervals, one after the other. */
    private static void text(String log, double unit, int ticks) throws Exception {
        HistogramLogReader reader = new HistogramLogReader(new FileInputStream(log));
        EncodableHistogram next;
        while ((next = reader.nextIntervalHistogram()) != null) {
            ((Histogram) next).outputPercentileDistribution(System.out, ticks, unit);
        }
    }

    private static void figures(Histogram histogram) {
        StringBuilder line = new StringBuilder();
        line.append(histogram.getTag() == null ? "-" : histogram.getTag()).append(' ')
            .append(histogram.getStartTimeStamp()).append(' ').append(histogram.getEndTimeStamp()).append(' ')
            .append(histogram.getTotalCount()).append(' ')
            .append(histogram.getMinValue()).append(' ').append(histogram.getMaxValue()).append(' ')
            .append(Double.doubleToLongBits(histogram.getMean())).append(' ')
            .append(Double.doubleToLongBits(histogram.getStdDeviation()));
        for (double percentile : PERCENTILES) {
            line.append(' ').append(histogram.getValueAtPercentile(percentile));
        }
        ByteBuffer plain = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoByteBuffer(plain);
        line.append(' ').append(Base64.getEncoder().encodeToString(Arrays.copyOf(plain.array(), length)));
        System.out.println(line);
    }
}
