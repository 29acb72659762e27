package web

import (
	"bytes"
	"compress/gzip"
	"io"

	"github.com/andybalholm/brotli"
)

func brotliTo(w io.Writer) io.WriteCloser {
	return brotli.NewWriterLevel(w, brotli.BestCompression)
}

func gzipTo(w io.Writer) io.WriteCloser {
	writer, _ := gzip.NewWriterLevel(w, gzip.BestCompression) // errs on an unknown level only
	return writer
}

// compress returns body in one go; writing to memory cannot fail.
func compress(body []byte, to func(io.Writer) io.WriteCloser) []byte {
	var out bytes.Buffer
	writer := to(&out)
	_, _ = writer.Write(body)
	_ = writer.Close()
	return out.Bytes()
}
