package server

import (
	"context"

	"github.com/alexedwards/argon2id"
)

// hashesAtOnce bounds the memory that sign-ins can take: each hash needs 64 MiB.
const hashesAtOnce = 2

var hashing = &argon2id.Params{Memory: 64 * 1024, Iterations: 2, Parallelism: 2, SaltLength: 16, KeyLength: 32}

// hashPassword makes what is stored of a password. It waits for its turn.
func (s *Server) hashPassword(ctx context.Context, password string) (string, error) {
	if err := s.turn(ctx); err != nil {
		return "", err
	}
	defer func() { <-s.hashes }()
	return HashPassword(password)
}

// HashPassword makes what is stored of a password, at once: for the command line.
func HashPassword(password string) (string, error) { return argon2id.CreateHash(password, hashing) }

// samePassword says whether a password is the one behind a stored hash. It takes as long for an account that does not
// exist (hash ""), so that nobody learns which do.
func (s *Server) samePassword(ctx context.Context, password, hash string) (bool, error) {
	if err := s.turn(ctx); err != nil {
		return false, err
	}
	defer func() { <-s.hashes }()
	if hash == "" {
		_, err := argon2id.CreateHash(password, hashing)
		return false, err
	}
	return argon2id.ComparePasswordAndHash(password, hash)
}

func (s *Server) turn(ctx context.Context) error {
	select {
	case s.hashes <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
