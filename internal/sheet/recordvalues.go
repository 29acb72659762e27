package sheet

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

func yamlValues(text string) (out []node, err error) {
	d := yaml.NewDecoder(strings.NewReader(text))
	for {
		var n yaml.Node
		if err := d.Decode(&n); err == io.EOF {
			return out, nil
		} else if err != nil {
			return out, err
		}
		nodes := 0
		v, err := yamlValue(&n, 0, &nodes)
		if err != nil {
			return out, err
		}
		out = append(out, v)
	}
}

// yamlNodes bounds what aliases of aliases can unfold to.
const yamlNodes = 200_000

func yamlValue(n *yaml.Node, depth int, nodes *int) (node, error) {
	if *nodes++; depth > 60 || *nodes > yamlNodes {
		return node{}, errTooDeep
	}
	v := node{line: n.Line, kind: 's', text: n.Value}
	switch n.Kind {
	case yaml.AliasNode:
		return yamlValue(n.Alias, depth+1, nodes)
	case yaml.DocumentNode:
		return yamlValue(n.Content[0], depth+1, nodes)
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			v.text = ""
		}
	case yaml.SequenceNode:
		v.kind, v.text = 'l', ""
		for _, c := range n.Content {
			item, err := yamlValue(c, depth+1, nodes)
			if err != nil {
				return v, err
			}
			v.list = append(v.list, item)
		}
	case yaml.MappingNode:
		v.kind, v.text = 'r', ""
		for i := 0; i+1 < len(n.Content); i += 2 {
			item, err := yamlValue(n.Content[i+1], depth+1, nodes)
			if err != nil {
				return v, err
			}
			v.keys, v.of = append(v.keys, n.Content[i].Value), append(v.of, item)
		}
	}
	return v, nil
}

func jsonValues(text string) (out []node, err error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	for {
		v, err := jsonValue(d, 0)
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		out = append(out, v)
	}
}

func jsonValue(d *json.Decoder, depth int) (v node, err error) {
	if depth > 60 {
		return v, errTooDeep
	}
	token, err := d.Token()
	if err != nil {
		return v, err
	}
	switch t := token.(type) {
	case json.Delim:
		return jsonNested(d, t, depth)
	case nil:
		return node{kind: 's'}, nil
	}
	return node{kind: 's', text: fmt.Sprint(token)}, nil
}

func jsonNested(d *json.Decoder, open json.Delim, depth int) (v node, err error) {
	v.kind = 'l'
	if open == '{' {
		v.kind = 'r'
	}
	for d.More() {
		if open == '{' {
			key, err := d.Token()
			if err != nil {
				return v, err
			}
			v.keys = append(v.keys, fmt.Sprint(key))
		}
		item, err := jsonValue(d, depth+1)
		if err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return v, err
		}
		if open == '{' {
			v.of = append(v.of, item)
		} else {
			v.list = append(v.list, item)
		}
	}
	_, err = d.Token()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return v, err
}
